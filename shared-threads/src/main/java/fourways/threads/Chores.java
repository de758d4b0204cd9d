package fourways.threads;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What the ledger itself wants done on shards: each is done by a thread of the pool, which holds no lock to begin with. Thread-safe.
 *
 * <p>One more thread waits for what is to be done later, for at most one attempt to open a shard, and one message that could not be brought, of each. It is started by the first of them.
 */
final class Chores implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Chores.class.getName());

    private final Executor threads;
    private final ScheduledThreadPoolExecutor timer;

    Chores(Executor threads) {
        this.threads = threads;
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("ledger-timer").factory());
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void soon(int shard, Runnable work) {
        try {
            threads.execute(new ShardTask.Tend(shard, work));
        } catch (RejectedExecutionException e) {
            leave(shard);
        }
    }

    void later(int shard, Duration delay, Runnable work) {
        try {
            var _ = timer.schedule(() -> soon(shard, work), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            leave(shard);
        }
    }

    private static void leave(int shard) {
        LOG.log(
                Level.INFO,
                "closing: shard " + shard
                        + " is recovered, and its transfers are sent on, when the ledger opens again");
    }

    /** What has not been begun is not done. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
