/**
 * The ledger on event loops: Vert.x verticles, each on a loop of its own, each shard pinned to one of them.
 *
 * <p>Read {@link fourways.eventloop.EventLoopLedger}, then {@link fourways.eventloop.PinnedShard}; {@link fourways.eventloop.Recovery}
 * is what is done about one that fails, {@link fourways.eventloop.LedgerVerticle} and {@link fourways.eventloop.Loops} are how they start and stop. What differs between the variants is in {@link
 * fourways.eventloop.Policies}: {@code plain} has {@link fourways.eventloop.PinnedOwners}; {@code hardened} has {@link fourways.eventloop.SupervisedOwners}, of which
 * {@link fourways.eventloop.Stalls} is the heart and {@link fourways.eventloop.RevocableTenure} the fence; {@code worker} has the same as {@code plain}, on worker threads.
 *
 * <h2>Unit of failure</h2>
 *
 * A loop, and with it all of its shards, a quarter of the ledger. An exception or a stack overflow costs less: the
 * request that met it, the transfers its shard had under way, and one replay of that shard. But a handler that does not
 * return stops its loop. In {@code plain}, requests for the loop's shards then wait, until their
 * number reaches the capacity and they are refused. The other loops' shards serve on, but transfers from them to the
 * stopped ones wait, too, and use up their capacity in time. And there is one heap and one process for all.
 *
 * <p>{@code hardened}: a shard. Its loop is noticed when it has been busy with one request for longer than the deadline, and is abandoned: a fresh loop goes on with all of its
 * shards. The other ones have had to wait for the deadline and the start of a loop; what had been sent to them is served then.
 *
 * <p>{@code worker}: a shard, and the thread that runs it. Neighbors do not notice, until as many shards are stuck as there are threads; then everybody does.
 *
 * <h2>Shared state</h2>
 *
 * None between loops, by discipline: a shard is used by its loop's thread and by no other, so it needs no lock. Nothing
 * enforces it; whoever holds a reference can break it. All threads share the table of requests in flight.
 *
 * <p>{@code hardened}: when a shard goes from one loop to another, the first has lost its tenure before, by a compare-and-set that it checks after everything that it does. {@code worker}: a shard is
 * used by one thread at a time, and each sees what the one before did; Vert.x sees to that.
 *
 * <h2>How messages travel</h2>
 *
 * As tasks. A request is put onto the loop of its shard; a transfer across shards puts the credit onto the other
 * shard's loop, and that one the acknowledgement back onto the first, also where both are the same loop. No loop ever
 * waits for another. Shards are opened, recovered and closed by Vert.x's worker threads, since that means reading
 * files; what a loop itself writes is mapped memory, and a new journal file where one is full.
 *
 * <p>{@code hardened}: what is in the queue of an abandoned loop is lost with it. Requests are found in the table of those in flight, and those not begun handed to the fresh
 * loop; messages between shards are sent again. {@code worker}: each shard has a queue, which whatever thread is free attends to.
 *
 * <h2>Who recovers, and from what</h2>
 *
 * The verticle itself: it catches whatever a shard throws, answers the request, and has a worker thread close the shard
 * and replay its journal while the loop goes on with its other shards. In {@code plain} and {@code worker} nobody recovers from a thread that is stuck, nor
 * does anybody, in any variant, from the end of the process.
 *
 * <p>Vert.x has no supervisor. It was asked for one in 2016 ("Erlang-style Verticle supervisor", github.com/vert-x3/issues/issues/211, open); the maintainers
 * point to {@code Context.exceptionHandler}, which hears of exceptions and not of a thread that does not return. Of the latter the {@code BlockedThreadChecker} knows, and it
 * writes a warning each second; since 2022 a handler can be given to it, through an internal class, by someone who wanted to end the JVM in that
 * case (github.com/eclipse-vertx/vert.x/pull/4283). It cannot say what the thread is busy with, nor whether that is still so. A verticle whose loop is stuck can be neither undeployed nor
 * deployed elsewhere: {@code undeploy} and {@code close} are tasks on that loop.
 *
 * <p>So {@code hardened} brings what is missing:
 *
 * <ul>
 *   <li>A watchdog with the deadline of the configuration. The shard that the loop is stuck in is refused at once, with the reason; what it had in flight is {@code Indeterminate}; its
 *       journal is closed, which fences the late owner, and replayed by the fresh loop. The loop's other shards are not replayed but handed over as they are.
 *   <li>Each loop has a Vert.x instance of its own: else one that is stuck would keep all from ending.
 *   <li>The number of loops that are stuck and replaced is bounded, at twice the number of workers, and each that is left behind is reported with that number. Then the next to be stuck is not
 *       replaced: its shards are refused, with that reason, until one comes back.
 *   <li>A shard that fails again and again is recovered with growing delays, then refused for a while, with the reason, and tried again. A request that was being served at three failures
 *       is quarantined.
 *   <li>A loop that comes back finds that it has no shards, serves nothing of what is still in its queue, and ends.
 * </ul>
 *
 * <p>What cannot be done. A thread cannot be killed: a handler that spins for ever keeps its core, and a share of the heap, for as long as the process lives. The heap cannot be divided either: who
 * exhausts it takes from all loops. A loop that is busy with many short things is
 * not stuck, whoever waits. The watchdog sees what a loop does for shards; a worker thread that hangs in a recovery, on a disk that does not answer, is not noticed, and recoveries of the same loop's other shards wait behind it. With nothing journaled there is nothing to recover the stuck shard
 * from: it stays with its loop, and is refused until that comes back. And a client's callback runs on the loop that answers: one that blocks looks like a shard that is stuck, and costs the
 * same.
 *
 * <h2>What a crash loses</h2>
 *
 * Nothing acknowledged. Requests in flight are unanswered, and some of them happened; money between debit and credit
 * waits in the source's outbox and is sent on when the shard, or the ledger, opens again. A {@code hardened} loop that is abandoned costs the answers of one shard.
 */
@NullMarked
package fourways.eventloop;

import org.jspecify.annotations.NullMarked;
