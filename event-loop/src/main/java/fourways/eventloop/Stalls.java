package fourways.eventloop;

import fourways.workload.Admission;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Pulse;
import fourways.workload.RecoveryLog;
import fourways.workload.RecoveryLog.Step;
import fourways.workload.Request;
import fourways.workload.Watchdog;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Deals with loops that are stuck. Such a loop is abandoned: a fresh one gets its shards ({@link Handover}), for the stuck loop is in one of them only and has lost its {@link RevocableTenure
 * tenure}. Nobody can end the thread of the stuck loop: it is left to itself, and ends when it comes back.
 *
 * <p><b>Bound.</b> At most twice as many loops as there are workers are abandoned and replaced at the same time, for each may use a core, and each holds memory. Beyond that, a stuck loop is not
 * replaced, and all of its shards are refused until one of those left behind comes back.
 *
 * <p><b>Threads.</b> The watchdog's decides, by revoking the tenure, and hands over to the supervisor's, which does all the rest, one loop after the other. So the watchdog goes on
 * to see what else is stuck.
 */
final class Stalls implements Watchdog.Listener, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Stalls.class.getName());

    static final int LEFT_BEHIND_PER_WORKER = 2;

    /** What may be to do: for each loop that there can be, that it is stuck and that it is back, and another attempt. */
    private static final int QUEUE_PER_WORKER = 3 * (LEFT_BEHIND_PER_WORKER + 1);

    /** Longer than it takes to start a loop. */
    private static final long CLOSE_PATIENCE_MILLIS = 2_000;

    private static final long RETRY_MILLIS = 1_000;

    private final LedgerParts parts;
    private final Admission admission;
    private final SupervisedOwners owners;
    private final int maxLeftBehind;
    private final Handover handover;
    private final ThreadPoolExecutor supervisor;
    private final Watchdog watchdog;

    /** Touched by the supervisor's thread only; after its end, by whoever closes. */
    private final List<Stall> stalls = new ArrayList<>();

    private int started;

    Stalls(LedgerParts parts, SupervisedOwners owners) {
        int workers = parts.config().workers();
        this.parts = parts;
        this.admission = parts.admission();
        this.owners = owners;
        this.maxLeftBehind = LEFT_BEHIND_PER_WORKER * workers;
        this.handover = new Handover(parts, owners);
        this.supervisor = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE_PER_WORKER * workers),
                Thread.ofPlatform().daemon().name("ledger-supervisor").factory());
        this.watchdog = Watchdog.start("ledger-watchdog", parts.config().deadlineMillis(), this);
    }

    Watchdog watchdog() {
        return watchdog;
    }

    @Override
    public void stuck(Pulse pulse, Pulse.Beat beat, long busyMillis) {
        WatchedLoop loop = owners.loopOf(beat.shard());
        if (loop.tenure().isShownBy(pulse) && loop.tenure().revoke(beat)) {
            supervisor.execute(() -> abandon(loop, beat, busyMillis));
        }
    }

    @Override
    public void back(Pulse pulse, Pulse.Beat beat, long busyMillis) {
        watchdog.remove(pulse);
        supervisor.execute(() -> stalls.stream()
                .filter(stall -> stall.loop.tenure().isShownBy(pulse))
                .findFirst()
                .ifPresent(stall -> comeBack(stall, busyMillis)));
    }

    private void abandon(WatchedLoop loop, Pulse.Beat beat, long busyMillis) {
        Stall stall = new Stall(
                loop,
                beat.shard(),
                "its event loop, " + loop.name() + ", has been stuck in it for " + busyMillis + " ms");
        LOG.log(Level.ERROR, "shard " + stall.shard + " is taken from its owner: " + stall.reason, loop.whereabouts());
        RecoveryLog.shard(Step.DETECTED, stall.shard, stall.reason);
        handover.takeOut(stall);
        Request culprit = beat.request(admission);
        if (culprit != null) {
            parts.policies().blame().blame(admission, culprit);
        }
        admission.suspend(stall.shard, stall.reason);
        admission.answerAll(stall.shard, new Indeterminate(stall.reason));
        stalls.add(stall);
        replaceWhatCanBe();
    }

    private void replaceWhatCanBe() {
        for (Stall stall : List.copyOf(stalls)) {
            if (!stall.replaced && (stall.back || leftBehind() < maxLeftBehind)) {
                replace(stall);
            } else if (!stall.replaced) {
                vacate(
                        stall,
                        maxLeftBehind + " event loops are stuck and left behind, as many as may be: "
                                + stall.loop.name() + " is not replaced until one of them comes back");
            }
        }
    }

    private long leftBehind() {
        return stalls.stream().filter(Stall::isLeftBehind).count();
    }

    private void replace(Stall stall) {
        int worker = owners.worker(stall.shard);
        WatchedLoop fresh;
        try {
            fresh = stall.loop.startSuccessor(worker, ++started, watchdog);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "no event loop can be started in place of " + stall.loop.name(), e);
            vacate(stall, "no event loop can be started for it: " + e.getMessage());
            CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS, supervisor)
                    .execute(this::replaceWhatCanBe);
            return;
        }
        handover.handOver(stall, fresh);
        RecoveryLog.shard(Step.REPLACEMENT_UP, stall.shard, fresh.name() + " in place of " + stall.loop.name());
        LOG.log(
                Level.WARNING,
                fresh.name() + " serves in place of " + stall.loop.name() + "; event loops left behind: " + leftBehind()
                        + ", allowed: " + maxLeftBehind);
        settle(stall);
    }

    private void vacate(Stall stall, String reason) {
        if (!stall.vacated) {
            LOG.log(Level.ERROR, reason);
            handover.vacate(stall, reason);
        }
    }

    private void comeBack(Stall stall, long busyMillis) {
        stall.back = true;
        LOG.log(
                Level.WARNING,
                stall.loop.name() + " has come back from shard " + stall.shard + " after " + busyMillis
                        + " ms, to nothing: its shards have other owners");
        handover.handOverTheRest(stall);
        settle(stall);
        replaceWhatCanBe();
    }

    private void settle(Stall stall) {
        if (stall.isOver()) {
            stalls.remove(stall);
            stall.loop.loops().end();
        }
    }

    /** Ends the supervision, and the loops that were left behind, as soon as they come back. What was theirs is taken from them. */
    @Override
    public void close() {
        watchdog.close();
        supervisor.shutdown();
        try {
            if (!supervisor.awaitTermination(CLOSE_PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.log(Level.WARNING, "the supervisor of the event loops is stuck and left behind");
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        stalls.forEach(stall -> {
            stall.loop.loops().end();
            stall.loop.verticle().release();
        });
    }
}
