package fourways.threads;

import fourways.workload.Admission;
import fourways.workload.LedgerConfig;
import fourways.workload.Request;
import fourways.workload.RestartBackoff;
import fourways.workload.RestartBackoff.Decision.GiveUp;
import fourways.workload.RestartBackoff.Decision.Restart;
import fourways.workload.RestartBackoff.Settings;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Opens a shard anew at once when it fails, more and more slowly when it fails again and again, and after too often not for a long while; who asks for it meanwhile is refused, with the
 * reason. Blames the requests that were being served.
 *
 * <p>The calls about one shard come one after the other, by whoever took it out; so its backoff needs no lock. A thread of its own waits, and has what is due done by the pool.
 */
final class RecoveryWithBackoff implements Recovery {

    private static final System.Logger LOG = System.getLogger(RecoveryWithBackoff.class.getName());

    private final Admission admission;
    private final Executor threads;
    private final List<RestartBackoff> backoffs;
    private final Duration laterDelay;

    /** Waits for at most one attempt a shard, and one message that could not be brought. */
    private final ScheduledThreadPoolExecutor timer;

    RecoveryWithBackoff(LedgerConfig config, Settings settings, Admission admission, Executor threads) {
        this.admission = admission;
        this.threads = threads;
        SplittableRandom seeds = new SplittableRandom();
        this.backoffs = Stream.generate(() -> new RestartBackoff(settings, seeds.nextLong()))
                .limit(config.shards())
                .toList();
        this.laterDelay = Duration.ofMillis(config.deadlineMillis());
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("ledger-recovery").factory());
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void blame(Request request) {
        admission.blame(request);
    }

    @Override
    public void failed(int shard, Runnable attempt) {
        next(shard, "it failed", attempt);
    }

    @Override
    public void notOpened(int shard, Throwable cause, Runnable attempt) {
        LOG.log(Level.WARNING, "shard " + shard + " could not be opened", cause);
        next(shard, "it failed and could not be opened: " + cause.getMessage(), attempt);
    }

    private void next(int shard, String reason, Runnable attempt) {
        switch (backoffs.get(shard).failed(System.nanoTime())) {
            case Restart(Duration delay) when delay.isZero() -> attempt.run();
            case Restart(Duration delay) -> {
                admission.suspend(shard, reason + "; the next attempt is in " + delay.toMillis() + " ms");
                schedule(shard, delay, attempt);
            }
            case GiveUp(Duration pause) -> {
                String message = reason + ", too often in a row; the next attempt is in " + pause.toMillis() + " ms";
                LOG.log(Level.ERROR, "shard " + shard + ": " + message);
                admission.suspend(shard, message);
                schedule(shard, pause, attempt);
            }
        }
    }

    @Override
    public void opened(int shard) {
        backoffs.get(shard).serves(System.nanoTime());
        admission.resume(shard);
    }

    @Override
    public void later(int shard, Runnable task) {
        schedule(shard, laterDelay, task);
    }

    private void schedule(int shard, Duration delay, Runnable task) {
        try {
            var _ = timer.schedule(() -> execute(shard, task), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.INFO, "closing: shard " + shard + " is recovered when the ledger opens again");
        }
    }

    private void execute(int shard, Runnable task) {
        try {
            threads.execute(new ShardTask.Tend(shard, task));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.INFO, "closing: shard " + shard + " is recovered when the ledger opens again");
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
