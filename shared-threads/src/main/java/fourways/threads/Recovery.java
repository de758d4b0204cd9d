package fourways.threads;

import fourways.workload.Admission;
import fourways.workload.JournalMode;
import fourways.workload.LedgerStore;
import fourways.workload.RecoveryLog;
import fourways.workload.RecoveryLog.Step;
import fourways.workload.Restarts;
import fourways.workload.Restarts.Decision;
import fourways.workload.Shard;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is done about a shard that failed, or that is taken from its thread: its journal is closed, and opened again when its {@link Restarts} say so. Who asks for it meanwhile is refused, with the
 * reason, but for a recovery at once: that takes place under the shard's lock, on the thread that met the failure.
 *
 * <p>Whoever takes a shard out of its place, by compare-and-set, and nobody else, sees to its recovery; so there is at most one at a time of each shard.
 */
final class Recovery {

    private static final System.Logger LOG = System.getLogger(Recovery.class.getName());

    private final LedgerStore store;
    private final Admission admission;
    private final Locking locking;
    private final ShardPlaces places;
    private final ShardPeers peers;
    private final Chores chores;
    private final List<Restarts> restarts;

    private volatile boolean closed;

    Recovery(
            LedgerStore store,
            Admission admission,
            Policies policies,
            ShardPlaces places,
            ShardPeers peers,
            Chores chores) {
        this.store = store;
        this.admission = admission;
        this.locking = policies.locking();
        this.places = places;
        this.peers = peers;
        this.chores = chores;
        this.restarts = Stream.generate(policies.restarts())
                .limit(store.config().shards())
                .toList();
    }

    /** Opens a shard for the first time. */
    void open(GuardedShard place) {
        place.put(Shard.open(store, place.index(), peers));
    }

    /** Replaces a shard that threw at a request; with its lock held. */
    void requestFailed(GuardedShard place, Shard broken, Throwable cause) {
        if (takeOut(place, broken, cause)) {
            proceed(place.index(), restarts.get(place.index()).failed(System.nanoTime()), "it failed");
        }
    }

    /** Replaces a shard that threw at anything else; with its lock held. */
    void messageFailed(GuardedShard place, Shard broken, Throwable cause) {
        if (takeOut(place, broken, cause)) {
            proceed(place.index(), restarts.get(place.index()).messageFailed(System.nanoTime()), "it failed");
        }
    }

    private boolean takeOut(GuardedShard place, Shard broken, Throwable cause) {
        if (!place.takeOut(broken)) {
            return false;
        }
        int index = place.index();
        RecoveryLog.shard(Step.DETECTED, index, "it failed: " + cause);
        letGo(index, broken::close);
        // Without the lock: a deep stack takes longer to print than a journal to replay, and others wait for the shard.
        chores.soon(
                index,
                () -> LOG.log(Level.WARNING, "shard " + index + " failed and is recovered from its journal", cause));
        return true;
    }

    private static void letGo(int index, Runnable closing) {
        try {
            closing.run();
            RecoveryLog.shard(Step.FENCED, index, "its journal is closed");
        } catch (Throwable e) {
            String consequence = "; if its journal is still open, the attempt to open it will say so";
            LOG.log(Level.WARNING, "closing shard " + index + consequence, e);
        }
    }

    /** Whether a shard can be had anew while somebody still has it: with nothing journaled there is nothing to recover it from. */
    boolean canReplace() {
        return store.config().journal() != JournalMode.MEMORY;
    }

    /** Has a thread of the pool replace a shard that was taken out of its place because the thread that uses it does not come back. */
    void lost(int index, Shard late) {
        chores.soon(index, () -> {
            letGo(index, late::fence);
            proceed(index, restarts.get(index).failed(System.nanoTime()), "its thread was stuck");
        });
    }

    private void proceed(int index, Decision decision, String reason) {
        switch (decision) {
            case Decision.Restart(Duration delay) when delay.isZero() -> reopen(index);
            case Decision.Restart(Duration delay) -> {
                admission.suspend(index, reason + "; the next attempt is in " + delay.toMillis() + " ms");
                chores.later(index, delay, () -> reopen(index));
            }
            case Decision.GiveUp giveUp when giveUp.isForGood() -> giveUp(index, reason + ", and is not tried again");
            case Decision.GiveUp(Duration pause) -> {
                giveUp(index, reason + ", too often in a row; the next attempt is in " + pause.toMillis() + " ms");
                chores.later(index, pause, () -> reopen(index));
            }
        }
    }

    private void giveUp(int index, String reason) {
        LOG.log(Level.ERROR, "shard " + index + ": " + reason);
        admission.suspend(index, reason);
    }

    /** Opens the journal of a shard that has been taken out, and puts the shard in place. */
    private void reopen(int index) {
        GuardedShard place = places.of(index);
        if (!locking.lock(place)) {
            proceed(index, restarts.get(index).startFailed(System.nanoTime()), "its lock is not to be had");
            return;
        }
        try {
            if (!closed && !place.isServed()) {
                Shard opened = Shard.open(store, index, peers);
                restarts.get(index).serves(System.nanoTime());
                admission.resume(index);
                place.put(opened);
                RecoveryLog.shard(
                        Step.REPLAYED, index, "by " + Thread.currentThread().getName());
                chores.soon(index, () -> peers.reconcile(index));
            }
        } catch (Throwable e) {
            LOG.log(Level.WARNING, "shard " + index + " could not be opened", e);
            String reason = "it failed and could not be opened: " + e.getMessage();
            proceed(index, restarts.get(index).startFailed(System.nanoTime()), reason);
        } finally {
            place.unlock();
        }
    }

    /** From now on no shard is put in place any more. */
    void close() {
        closed = true;
    }
}
