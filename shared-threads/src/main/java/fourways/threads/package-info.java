/**
 * The ledger with shared memory, threads and locks: one heap, a bounded pool, one lock per shard.
 *
 * <p>Read {@link fourways.threads.ThreadsLedger}, then {@link fourways.threads.GuardedShards}: with {@link fourways.threads.Recovery} and {@link fourways.threads.ShardPeers}, that is all of {@code plain} and {@code
 * virtual}. {@code hardened} is the same with other {@link fourways.threads.Policies}: {@link fourways.threads.Stalls} is where to begin.
 *
 * <h2>Unit of failure</h2>
 *
 * The whole JVM. An exception or a stack overflow costs the request that met it and one replay of its shard. But a thread that never returns cannot be killed,
 * and it keeps its shard's lock: every further request for that shard takes one more thread of the pool to wait there, until none is left for anybody. A heap
 * cannot be divided, and {@code Runtime.halt} ends all shards at once.
 *
 * <p>{@code hardened}: a thread that does not return costs what it was doing, and its shard a pause of the deadline and a little more. Threads wait for a lock for half of the
 * deadline at most, and after one has waited in vain no other does, so that is what the neighbors lose. Past the deadline, another thread is started in the
 * stuck one's place. What stays: the stuck thread burns its core, and holds its stack and whatever else it holds, until it returns or the process ends; an interrupt is all that it can be sent,
 * and not all code listens. So at most four for each worker are replaced at a time; when more are stuck than that, fewer serve, and when none is left, all shards are refused
 * with the names of the stuck. A heap still cannot be divided, and an exit, a native crash or an exhausted heap still ends or harms all: no policy in here changes that. Nor is a client
 * stopped that blocks the thread which answers it, but it is taken for stuck like any other, except in {@code DISK}, where that is the thread that forces the journals.
 *
 * <h2>Shared state</h2>
 *
 * All of it: every thread may reach every shard, and only the lock's discipline keeps two apart. A shard is touched with its lock held and never otherwise.
 *
 * <p>{@code hardened}: a stuck thread keeps its lock for ever, so the shard's place gets a new one, and the thread is left with a lock that guards nothing. What it holds in its
 * hands, the former {@code Shard} object, is fenced by closing its journal: each change is appended before it is made and each answer passes through the journal, so that neither counts any more. It may still
 * write to memory, that of other shards included if it is that broken; locks are a convention, and no fence stands in a heap.
 *
 * <h2>How messages travel</h2>
 *
 * They do not: a thread of the pool takes the request from a queue, takes the lock, and calls. A transfer across shards takes both locks, the lower-numbered shard's
 * first, and does both sides at once; no other thread ever sees the money under way.
 *
 * <p>{@code hardened}: the same. A request that does not get its locks in time is refused {@code UNAVAILABLE}, by the name of who has them, and has not happened. A message in {@code DISK} that does not get
 * its lock in time is sent again later.
 *
 * <h2>Who recovers, and from what</h2>
 *
 * The thread that met a failure closes the shard and replays its journal, still holding the lock. Nobody stands above the JVM: what kills that, or makes it
 * hang, is for somebody outside to notice.
 *
 * <p>{@code hardened}: a watchdog finds threads that are past the deadline, and deadlocks, which it names; a thread of the pool recovers their shards. Until then newcomers are refused {@code UNAVAILABLE}, and what
 * was in flight is answered {@code Indeterminate}. The thread that met an exception recovers at once, as above, but after failures in a row only with growing delays, and after too
 * many not for a while; a request that was at hand at three failures is refused {@code QUARANTINED}. With nothing journaled there is nothing to recover from: a shard that is stuck is refused until its thread comes back, and one
 * that failed is lost. Still nobody stands above the JVM.
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
