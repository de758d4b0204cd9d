package fourways.process;

import fourways.workload.LedgerStore;
import fourways.workload.Peers;
import fourways.workload.RecoveryLog;
import fourways.workload.RecoveryLog.Step;
import fourways.workload.Restarts;
import fourways.workload.Restarts.Decision;
import fourways.workload.Shard;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Opens the shards of a worker beside the thread that owns them, several at the same time, and those that cannot be opened again and again, as the {@link Restarts}
 * decide. Each is announced to the supervisor as soon as it is open, so that it need not wait for the others; what comes for it from then on finds it here.
 *
 * <p><b>Confinement.</b> A shard is in one hand at a time: the opener has it from {@link #openAll} or {@link #recover} on until the shard is in the queue, and the owner from
 * {@link #poll} on. What decides about it goes from hand to hand with it.
 */
final class ShardOpener implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ShardOpener.class.getName());

    /** For what is being opened when the worker ends in good order: many times what that takes, unless the disk hangs. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    private static final Duration IDLE_THREADS_END = Duration.ofSeconds(1);

    private final LedgerStore store;
    private final Peers peers;
    private final FrameSink announcements;
    private final Map<Integer, Restarts> restarts;
    private final ScheduledThreadPoolExecutor threads;

    /** Open, and not yet with their owner. At most one for each shard. */
    private final ConcurrentLinkedQueue<Shard> opened = new ConcurrentLinkedQueue<>();

    /** Served once, and not open since they failed. */
    private final Set<Integer> failed = ConcurrentHashMap.newKeySet();

    /**
     * An opener for these shards.
     *
     * @param announcements takes frames from any thread, and writes them soon
     */
    ShardOpener(LedgerStore store, List<Integer> shards, Peers peers, ShardPolicies policies, FrameSink announcements) {
        this.store = store;
        this.peers = peers;
        this.announcements = announcements;
        this.restarts = shards.stream()
                .collect(Collectors.toMap(
                        Function.identity(), shard -> policies.restarts().get()));
        this.threads = new ScheduledThreadPoolExecutor(
                policies.openers(),
                // All of one name: to count them, the JDK makes a handle, which takes longer than to open a shard.
                Thread.ofPlatform().daemon().name("shard-opener").factory());
        threads.setKeepAliveTime(IDLE_THREADS_END.toNanos(), TimeUnit.NANOSECONDS);
        threads.allowCoreThreadTimeOut(true);
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Begins to open all shards. When each has been tried, the worker is {@link Frame.Ready}. */
    void openAll() {
        AtomicInteger untried = new AtomicInteger(restarts.size());
        restarts.keySet().stream()
                .sorted()
                .forEach(shard -> threads.execute(() -> {
                    open(shard);
                    if (untried.decrementAndGet() == 0) {
                        announcements.send(new Frame.Ready());
                    }
                    letOthersServe();
                }));
    }

    /** The threads that a shard's first request goes through may all be waiting for this core, each for a time slice of opening yet others. */
    @SuppressWarnings("ThreadPriorityCheck") // Nothing but that time depends on it.
    private static void letOthersServe() {
        Thread.yield();
    }

    Restarts restarts(int shard) {
        return Objects.requireNonNull(restarts.get(shard));
    }

    /** The next shard that is its owner's from now on; null if there is none at present. */
    @Nullable
    Shard poll() {
        return opened.poll();
    }

    /** Opens a shard that failed, and that its owner has closed: on this thread if that is to be at once, for all else would take longer. */
    void recover(int shard, Throwable cause, Decision decision) {
        failed.add(shard);
        tell(shard, cause);
        proceed(shard, "it failed: " + cause, decision);
    }

    /** Not on the owner's thread: a deep stack takes longer to print than a journal to replay, and its other shards wait. */
    private void tell(int shard, Throwable cause) {
        try {
            threads.execute(() ->
                    LOG.log(Level.WARNING, "shard " + shard + " has failed and is recovered from its journal", cause));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "closing: shard " + shard + " failed at last", cause);
        }
    }

    private void open(int shard) {
        try {
            Shard open = Shard.open(store, shard, peers);
            restarts(shard).serves(System.nanoTime());
            opened.add(open);
            announcements.send(new Frame.Served(shard));
            if (failed.remove(shard)) {
                RecoveryLog.shard(
                        Step.REPLAYED,
                        shard,
                        "by worker " + ProcessHandle.current().pid());
            }
        } catch (RuntimeException | StackOverflowError e) {
            if (!threads.isShutdown()) {
                LOG.log(Level.DEBUG, "shard " + shard + " cannot be opened", e);
                proceed(shard, String.valueOf(e.getMessage()), restarts(shard).startFailed(System.nanoTime()));
            }
        } catch (Throwable e) {
            // Nothing is certain about this process any more; and a thread of the pool would keep it to itself.
            LOG.log(Level.ERROR, "shard " + shard + " cannot be opened", e);
            announcements.send(new Frame.Failed("opening shard " + shard + ": " + e));
            throw e;
        }
    }

    private void proceed(int shard, String reason, Decision decision) {
        switch (decision) {
            case Decision.Restart(Duration delay) when delay.isZero() -> open(shard);
            case Decision.Restart(Duration delay) ->
                later(shard, delay, new Frame.Suspended(shard, reason, delay.toMillis(), false));
            case Decision.GiveUp giveUp when giveUp.isForGood() -> announcements.send(new Frame.Failed(reason));
            case Decision.GiveUp(Duration pause) ->
                later(
                        shard,
                        pause,
                        new Frame.Suspended(shard, reason + ", too often in a row", pause.toMillis(), true));
        }
    }

    private void later(int shard, Duration delay, Frame.Suspended suspended) {
        LOG.log(
                Level.WARNING,
                "shard " + shard + ": " + suspended.reason() + "; the next attempt is in " + delay.toMillis() + " ms");
        announcements.send(suspended);
        try {
            var _ = threads.schedule(() -> open(shard), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "closing: shard " + shard + " is opened by the next worker");
        }
    }

    /** Opens no more shards, and closes those that nobody has taken. */
    @Override
    public void close() {
        // Not interrupted: who writes to the socket at that moment would close it.
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.log(Level.WARNING, "a shard is still being opened after " + CLOSE_PATIENCE + ", left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Shard shard = opened.poll(); shard != null; shard = opened.poll()) {
            shard.close();
        }
    }
}
