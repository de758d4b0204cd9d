/**
 * The ledger on event loops: Vert.x verticles, each on a loop of its own, each shard pinned to one of them.
 *
 * <p>Read {@link fourways.eventloop.EventLoopLedger}, then {@link fourways.eventloop.PinnedShard}; {@link
 * fourways.eventloop.LedgerVerticle} and {@link fourways.eventloop.Loops} are how they start and stop.
 *
 * <h2>Unit of failure</h2>
 *
 * A loop, and with it all of its shards, a quarter of the ledger. An exception or a stack overflow costs less: the
 * request that met it, the transfers its shard had under way, and one replay of that shard. But a handler that does not
 * return stops its loop; Vert.x warns of it, and does no more. Requests for the loop's shards then wait, until their
 * number reaches the capacity and they are refused. The other loops' shards serve on, but transfers from them to the
 * stopped ones wait, too, and use up their capacity in time. And there is one heap and one process for all.
 *
 * <h2>Shared state</h2>
 *
 * None between loops, by discipline: a shard is used by its loop's thread and by no other, so it needs no lock. Nothing
 * enforces it; whoever holds a reference can break it. All threads share the table of requests in flight.
 *
 * <h2>How messages travel</h2>
 *
 * As tasks. A request is put onto the loop of its shard; a transfer across shards puts the credit onto the other
 * shard's loop, and that one the acknowledgement back onto the first, also where both are the same loop. No loop ever
 * waits for another. Shards are opened, recovered and closed by Vert.x's worker threads, since that means reading
 * files; what a loop itself writes is mapped memory, and a new journal file where one is full.
 *
 * <h2>Who recovers, and from what</h2>
 *
 * The verticle itself: it catches whatever a shard throws, answers the request, and has a worker thread close the shard
 * and replay its journal while the loop goes on with its other shards. Vert.x has no supervisor. So nobody recovers a
 * loop that is stuck, nor the process.
 *
 * <h2>What a crash loses</h2>
 *
 * Nothing acknowledged. Requests in flight are unanswered, and some of them happened; money between debit and credit
 * waits in the source's outbox and is sent on when the shard, or the ledger, opens again.
 */
@NullMarked
package fourways.eventloop;

import org.jspecify.annotations.NullMarked;
