/**
 * The ledger with shared memory, threads and locks: one heap, a bounded pool, one lock per shard.
 *
 * <p>Read {@link fourways.threads.ThreadsLedger}, then {@link fourways.threads.GuardedShards}: that is all there is.
 *
 * <h2>Unit of failure</h2>
 *
 * The whole JVM. An exception or a stack overflow costs the request that met it and one replay of its shard. But a thread that never returns cannot be killed,
 * and it keeps its shard's lock: every further request for that shard takes one more thread of the pool to wait there, until none is left for anybody. A heap
 * cannot be divided, and {@code Runtime.halt} ends all shards at once.
 *
 * <h2>Shared state</h2>
 *
 * All of it: every thread may reach every shard, and only the lock's discipline keeps two apart. A shard is touched with its lock held and never otherwise.
 *
 * <h2>How messages travel</h2>
 *
 * They do not: a thread of the pool takes the request from a queue, takes the lock, and calls. A transfer across shards takes both locks, the lower-numbered shard's
 * first, and does both sides at once; no other thread ever sees the money under way.
 *
 * <h2>Who recovers, and from what</h2>
 *
 * The thread that met a failure closes the shard and replays its journal, still holding the lock. Nobody stands above the JVM: what kills that, or makes it
 * hang, is for somebody outside to notice.
 *
 * <h2>What a crash loses</h2>
 *
 * Nothing acknowledged. Requests in flight are unanswered, and some of them happened; money between debit and credit waits in the source's outbox and is sent on when
 * the ledger opens again.
 */
@NullMarked
package fourways.threads;

import org.jspecify.annotations.NullMarked;
