/**
 * The ledger with actors: one Pekko typed actor for each shard, on a dispatcher of as many threads as there are
 * workers.
 *
 * <p>Read {@link fourways.actors.ShardMessage}, then {@link fourways.actors.ShardActor}; {@link
 * fourways.actors.Guardian} and {@link fourways.actors.ActorLedger} put them together, and {@code ledger.conf} says
 * what is asked of the framework.
 *
 * <h2>Unit of failure</h2>
 *
 * One actor, that is one shard, for whatever its handler throws: its address and its mailbox stay, and nobody else
 * notices. The whole JVM for what the framework calls fatal: a stack overflow, heap exhaustion, a class that cannot be
 * linked. They pass every supervisor, and the framework ends the process. An actor that does not return keeps its
 * thread: it cannot be stopped, and as many such actors as there are workers stop everybody.
 *
 * <h2>Shared state</h2>
 *
 * None between shards: a {@code Shard} is reached through its actor's mailbox and in no other way, and messages are
 * immutable. The exceptions are the requests (a message and the future its client waits for) and the admission's table
 * of them; both are thread-safe. It is a discipline, not a wall: all actors live on one heap.
 *
 * <h2>How messages travel</h2>
 *
 * By {@code tell} into a bounded mailbox: requests from clients, money and acknowledgements from shard to shard. No
 * message waits for a reply; the answer is completed where it is known. A message is lost only with the actor that
 * fails while handling it, or if a mailbox overflows, which the admission and the outboxes prevent.
 *
 * <h2>Who recovers, and from what</h2>
 *
 * The actor's supervisor, from the journal: it restarts the behavior, which replays the shard, sends its outbox again,
 * and has the other shards send theirs to it. A shard whose journal cannot be replayed is refused at the gate from then
 * on; the others are served. Nobody recovers from a stuck actor, or from a fatal error: that is for somebody outside
 * the JVM.
 *
 * <h2>What a crash loses</h2>
 *
 * Nothing acknowledged. The request that failed, and the transfers that its shard had under way, are indeterminate;
 * requests behind it in the mailbox are served by the successor. A crash of the JVM leaves everything in flight
 * unanswered. Money between debit and credit waits in the outbox of its source and arrives once.
 */
@NullMarked
package fourways.actors;

import org.jspecify.annotations.NullMarked;
