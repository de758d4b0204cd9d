/**
 * The ledger with shared memory, threads and locks: one heap, a bounded pool, one lock per shard.
 *
 * <p>Read {@link fourways.threads.ThreadsLedger}, then {@link fourways.threads.GuardedShards}; {@link fourways.threads.ShardPlaces} is where each shard is, {@link fourways.threads.ShardPeers} is what shards say to each other, and {@link
 * fourways.threads.Recovery} what is done about one that fails. What differs between the variants is in {@link fourways.threads.Policies}: {@code plain} has a fixed pool, {@code virtual} a virtual
 * thread for each request; {@code hardened} has {@link fourways.threads.WatchedPool}, {@link fourways.threads.Turns} and {@link fourways.threads.TimedLocking}, of which {@link fourways.threads.Stalls} is the heart and {@link
 * fourways.threads.GuardedShard} the fence.
 *
 * <h2>Unit of failure</h2>
 *
 * The whole JVM. An exception or a stack overflow costs the request that met it and one replay of its shard. But a thread that does not return keeps its shard's lock: every further request for that
 * shard takes one more thread of the pool to wait there, until none is left for anybody.
 *
 * <p>{@code virtual}: the same. There are always more threads, but a transfer to the shard waits with the lock of its own shard in hand, and so on, until every shard waits.
 *
 * <p>The same goes for a shard that gets more than it can serve: the gate lets in so many requests that all threads of the pool wait at its lock, one behind the other, for as long as the flood takes to be served.
 *
 * <p>{@code hardened}: a shard, for whatever leaves the JVM alive. One thread at a time has its turn at a shard, and requests that wait for theirs have no thread: so a flooded shard, or one whose thread is stuck,
 * costs its neighbors one thread of the pool. What a thread may still have to wait for is the other lock of a transfer, or one that a message takes: for half of the deadline at most, and after one has waited in
 * vain no other does.
 *
 * <h2>Shared state</h2>
 *
 * All of it: every thread may reach every shard, and only the lock's discipline keeps two apart. A shard is touched with its lock held and never otherwise.
 *
 * <p>{@code hardened}: a stuck thread keeps its lock for ever, so the shard's place gets a new one, and the thread is left with a lock that guards nothing. The former {@code Shard} object, which it
 * still has in its hands, is fenced by closing its journal: each change is appended before it is made, and each answer passes through the journal, so neither counts any more.
 *
 * <h2>How messages travel</h2>
 *
 * They do not: a thread of the pool takes the request from a queue, takes the lock, and calls. A transfer across shards takes both locks, the lower-numbered shard's
 * first, and does both sides at once; no other thread ever sees the money under way.
 *
 * <p>{@code hardened}: the same, but for a request whose shard is being served. That waits in the shard's own queue, and whoever leaves the shard goes on with it, a few in a row; then others have their turn.
 * A transfer waits in the queue of its destination if somebody is there, otherwise in that of its source, and in neither with a lock in hand. A request that does not get its locks in time is refused {@code UNAVAILABLE}, by the name of who has them, and has not happened. A message in {@code DISK} that does not get
 * its lock in time is sent again later.
 *
 * <h2>Who recovers, and from what</h2>
 *
 * The thread that met a failure closes the shard and replays its journal, still holding the lock. In {@code plain} and {@code virtual} nobody recovers from a thread that is stuck, nor does anybody,
 * in any variant, from the end of the process, or from its standing still.
 *
 * <p>The JDK tells which threads wait for each other, and has no deadline for any of them, nor a pool that makes up for one that does not come back. So {@code hardened} brings what is missing:
 *
 * <ul>
 *   <li>A bulkhead around each shard: one thread at a time. It does not hold for the thread that forces journals in {@code DISK}, which brings money to all shards and waits for the lock of each.
 *   <li>A watchdog with the deadline of the configuration. The shards of a thread that is stuck are refused at once, with the reason, which names a deadlock and all who are in it; what they had in
 *       flight is {@code Indeterminate}. Another thread of the pool closes their journals, which fences the late one off, and replays them;
 *       and another one goes on with what waits for its turn.
 *   <li>Another thread in place of each that is stuck, and one less when that comes back. Their number is bounded, at four for each worker. Beyond, fewer threads serve; and with none left, all shards
 *       are refused, with the names of the stuck, until one comes back.
 *   <li>A shard that fails again and again is recovered with growing delays, then refused for a while, with the reason, and tried again. A request that was being served at three failures
 *       is quarantined.
 * </ul>
 *
 * <p>What cannot be done. A thread cannot be killed: {@code Thread.stop} is gone, and an interrupt is a request that not all code hears. A stuck one burns its core, if it spins, and keeps its stack
 * and whatever else it holds until it returns or the process ends. A heap cannot be divided: who exhausts it takes from all, and a thread that writes to memory that is not its own meets no fence, for locks
 * are a convention. {@code Runtime.halt} and a crash in native code end all shards at once. A client whose callback blocks the thread that answers is taken for stuck like
 * any other, except in {@code DISK}, where that is the thread that forces the journals, which nobody watches. With nothing journaled there is nothing to recover from: a shard that is stuck is refused until its thread comes
 * back, and one that failed is lost.
 *
 * <h2>What a crash loses</h2>
 *
 * Nothing acknowledged. Requests in flight are unanswered, and some of them happened; money between debit and credit waits in the source's outbox and is sent on when
 * the ledger opens again.
 *
 * <p>{@code hardened}: the same, also for the crash of one shard, or of one thread.
 */
@NullMarked
package fourways.threads;

import org.jspecify.annotations.NullMarked;
