/**
 * The ledger with actors: one Pekko typed actor for each shard, on a dispatcher of as many threads as there are workers.
 *
 * <p>Read {@link fourways.actors.ShardMessage}, then {@link fourways.actors.ShardActor}; {@link fourways.actors.Guardian} and {@link fourways.actors.ActorLedger} put
 * them together, and {@code ledger.conf} says what is asked of the framework. What differs between the variants is in {@link fourways.actors.Policies}: {@code plain} has
 * the framework's default dispatcher ({@code plain.conf}) and {@link fourways.actors.PlainSupervision}; {@code virtual} the same on the framework's executor of virtual
 * threads ({@code virtual.conf}); {@code hardened} has {@link fourways.actors.HardenedSupervision}, of which {@link fourways.actors.Stalls} is the heart and {@link
 * fourways.actors.Tenure} the fence, and dispatchers as bulkheads ({@code hardened.conf}).
 *
 * <h2>Unit of failure</h2>
 *
 * One actor, that is one shard, for whatever its handler throws: its address and its mailbox stay, and nobody else notices. The whole JVM for what the framework calls
 * fatal: a stack overflow, heap exhaustion, a class that cannot be linked. They pass every supervisor, and the framework ends the process. An actor that does not
 * return keeps its thread: it cannot be stopped, and as many such actors as there are workers stop everybody.
 *
 * <p>{@code virtual}: an actor that blocks stops nobody but itself, however many there are; one that computes without end keeps a processor, and as many as there are processors stop
 * everybody. Fatal is the same.
 *
 * <p>{@code hardened}: one shard for all of these but heap exhaustion and other errors of the virtual machine itself, which may have struck anywhere and end the JVM. A stack overflow, and a
 * class that cannot be linked, are contained: see {@link fourways.actors.ShardWard}.
 *
 * <h2>Shared state</h2>
 *
 * None between shards: a {@code Shard} is reached through its actor's mailbox and in no other way, and messages are immutable. The exceptions are the requests (a
 * message and the future its client waits for) and the admission's table of them; both are thread-safe. It is a discipline, not a wall: all actors live on one heap.
 *
 * <p>{@code hardened}: a stuck actor still has its shard when the next one opens that anew. They share nothing but the journal's files, of which the first has lost its hold.
 *
 * <h2>How messages travel</h2>
 *
 * By {@code tell} into a bounded mailbox: requests from clients, money and acknowledgements from shard to shard. No message waits for a reply; the answer is completed
 * where it is known. A message is lost only with the actor that fails while handling it, or if a mailbox overflows, which the admission and the outboxes prevent; a request that was lost
 * so is refused.
 *
 * <p>{@code hardened}: what is in the mailbox of a stuck actor is lost with it. Requests have been answered by then, and messages between shards are sent again.
 *
 * <h2>Who recovers, and from what</h2>
 *
 * The actor's supervisor, from the journal: it restarts the behavior, which replays the shard, sends its outbox again, and has the other shards send theirs to it. A
 * shard whose journal cannot be replayed is refused at the gate from then on; the others are served. In {@code plain} and {@code virtual} nobody recovers from an actor that is stuck, nor does anybody, in any
 * variant, from the end of the process.
 *
 * <p>The framework's supervisors hear of exceptions, and of nothing else: there is no deadline for a message, and no way to stop an actor in the middle of one ({@code context.stop} is a message
 * too, and is read after the one at hand). Its executors make up for a thread that blocks only if the thread says so beforehand. So {@code hardened} brings what is missing:
 *
 * <ul>
 *   <li>A watchdog with the deadline of the configuration. The shard of an actor that is stuck is refused at once, with the reason; what it had in flight is {@code Indeterminate}; another
 *       actor gets its address, closes its journal, which fences it off, and replays that. The late one finds out with the next thing it tries, drops what is in its mailbox, and stops.
 *   <li>A dispatcher for shards alone, which gets another thread for each one that is stuck, and gives it back. Their number is bounded, at twice the number of workers. Then the next
 *       shard to be stuck is refused, with that reason, until its actor comes back; and with no thread left, all are.
 *   <li>A shard that fails again and again is restarted with growing delays, then refused for a while, with the reason, and tried again. What is in its mailbox meanwhile is refused, not
 *       stashed. A request that was being served at three failures is quarantined.
 * </ul>
 *
 * <p>Two settings of the framework were looked at, and are no help. {@code jvm-exit-on-fatal-error} stays on: switched off, the framework ends the actor system instead, and what is left is a process that serves
 * nobody and that nobody restarts. {@code minimum-runnable}, which is said to keep a fork-join pool from starving, takes effect only for threads that announce that they will block; it is set for the dispatcher of the
 * guardian, whose actors do not, and the shards' dispatcher is no fork-join pool.
 *
 * <p>What cannot be done. A thread cannot be killed: a stuck one keeps its memory, and its core if it spins, until it returns or the process ends. A heap cannot be divided: who exhausts it ends the JVM,
 * and with it all actors. An actor that is stuck in recovering its shard is not noticed, for how long that may take depends on the disk. The neighbors wait until the deadline if as many actors are stuck
 * at once as there are threads. With nothing journaled there is nothing another actor could recover from: the shard is then refused until the stuck one comes back.
 *
 * <h2>What a crash loses</h2>
 *
 * Nothing acknowledged. The request that failed, and the transfers that its shard had under way, are indeterminate; requests behind it in the mailbox are served by
 * the successor ({@code hardened}: if it starts at once, and not after an actor that was stuck). A crash of the JVM leaves everything in flight unanswered. Money between debit and credit waits in the outbox of its source and arrives
 * once.
 */
@NullMarked
package fourways.actors;

import org.jspecify.annotations.NullMarked;
