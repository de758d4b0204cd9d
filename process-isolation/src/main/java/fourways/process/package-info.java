/**
 * The ledger in separate processes: worker JVMs, each owning its share of the shards, reached over Unix domain sockets and kept running by a supervisor in the JVM of
 * the client.
 *
 * <p>Read {@link fourways.process.ProcessLedger}, {@link fourways.process.Supervisor} and {@link fourways.process.WorkerSeat}, with {@link fourways.process.Conversation} and {@link
 * fourways.process.Succession}, for the client's side; {@link fourways.process.Worker}, {@link fourways.process.LedgerJob} and {@link fourways.process.OwnedShards} for the other; {@link fourways.process.Frame}, {@link fourways.process.FrameCodec} and {@link
 * fourways.process.BatchingWriter} for what is between them. {@link fourways.process.LedgerServer} and {@link fourways.process.LedgerClient} use the same to bring any
 * ledger to clients in other processes.
 *
 * <h2>Unit of failure</h2>
 *
 * A worker process, and with it the shards it owns. Whatever happens in there, a handler that never returns, a heap that is full, a crash in native code: the other
 * workers do not notice, but for transfers to and from the shards that are lost. A shard that throws is recovered within its worker. The client's JVM with the
 * supervisor in it is the other unit: its end is the end of all workers.
 *
 * <p>Nothing smaller can be saved from a request that never returns: it costs all shards of its worker a restart, since they share the thread that is stuck.
 *
 * <h2>Shared state</h2>
 *
 * None. A shard is owned by one thread of one process; no other has a pointer to it. The supervisor keeps only what is in flight, and the journals have one owner
 * at a time.
 *
 * <h2>How messages travel</h2>
 *
 * As binary frames over one socket for each worker, many in one write: requests there, answers back, and money for other workers' shards by way of the
 * supervisor. What a worker sends to itself takes no such trip. A frame that makes no sense costs its sender the connection and, if that is a worker, the process.
 *
 * <h2>Who recovers, and from what</h2>
 *
 * The supervisor notices the end of a worker by the end of its connection, makes sure by SIGKILL that the process is gone, and starts another, which replays the
 * journals. In the variant {@code plain}, a worker that fails again and again is not started any more, and a process that exists but no longer answers is not noticed.
 *
 * <p>The variant {@code hardened} differs by its {@link fourways.process.Policies} only:
 *
 * <ul>
 *   <li>{@link fourways.process.QueueHeartbeat}: a worker that serves is alive only if a beat through its own queue comes back within {@link
 *       fourways.workload.LedgerConfig#deadlineMillis()}. If not it is killed, and waited for, before its journals are handed on: a late writer cannot exist. Time in which it had no core
 *       does not count. A worker that is still opening its shards is observed from the first open one on; with no news of the next one for ten seconds, or what the settings say, it is killed, too.
 *   <li>{@link fourways.process.WarmSpare}: one more process than needed, which has practised ({@link fourways.process.Rehearsal}), takes over what a lost one owned. It can be had while it
 *       still practises. A second loss before there is another is made good by a process that starts from nothing.
 *   <li>{@link fourways.workload.Restarts}: replaced at once, then after growing delays; after too many in a row the shards are refused with the reason, and tried again after a pause. The same goes for a shard that
 *       throws within its worker, or that cannot be opened: its neighbors are served.
 *   <li>{@link fourways.workload.Blame}: whatever a lost worker had in flight, and whatever its shard failed at, has a strike; with three it is refused. The supervisor cannot see which of the
 *       requests in flight was the one.
 *   <li>{@link fourways.process.WorkerSettings}: a heap and a number of descriptors for each worker. {@link fourways.process.RunDirectory}: what dead runs have left is removed. Where the system has {@code
 *       setpriv}, even a worker that is stopped ends with its supervisor.
 * </ul>
 *
 * <p>With journals in {@code MEMORY} there is nothing to recover from: no spare, and no worker is replaced.
 *
 * <h2>What a crash loses</h2>
 *
 * Nothing acknowledged. What a lost worker had in flight is {@code Indeterminate}; its shards are refused until they serve again. Money under way to or from them
 * stays in the outboxes, and is sent again. The end of the supervisor is like that of all workers at once.
 */
@NullMarked
package fourways.process;

import org.jspecify.annotations.NullMarked;
