package fourways.threads;

import fourways.workload.Admission;
import fourways.workload.Command.Transfer;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerStore;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Request;
import fourways.workload.Shard;
import java.util.function.Consumer;

/**
 * All shards of the ledger, each behind its lock.
 *
 * <p><b>Discipline.</b> A shard is touched only with its lock held. Whoever needs two takes the lower-numbered first (Havender's ordering, so no cycle of waiting
 * threads can form). A transfer holds both before it starts, so the messages between its two shards are plain calls that take the same, reentrant, locks
 * again. The thread that forces journals in {@code DISK} mode delivers such a message later and holds one lock at a time.
 *
 * <p><b>Failure.</b> A shard that throws is taken out and closed before its lock is released: nobody ever sees it half changed. {@link Recovery} puts the next one in its place. Transfers that were
 * under way to or from it are sent again by a task of its own, which holds no lock to begin with ({@link ShardPeers}).
 *
 * <p><b>Fencing.</b> A shard may also be taken from a thread that does not come back, lock and all: its place is given up for another with a new lock, its journal is closed, and then it is
 * recovered like any other. The late thread still holds the lock of old, and with it nothing: the former place is empty, and so are its attempts on the journal.
 */
final class GuardedShards implements AutoCloseable {

    private final LedgerConfig config;
    private final Admission admission;
    private final Policies policies;
    private final LedgerStore store;
    private final ShardPlaces places;
    private final Chores chores;
    private final ShardPeers peers;
    private final Recovery recovery;

    GuardedShards(LedgerConfig config, Admission admission, Policies policies) {
        this.config = config;
        this.admission = admission;
        this.policies = policies;
        this.places = new ShardPlaces(config.shards());
        this.store = LedgerStore.open(config);
        this.chores = new Chores(policies.threads());
        this.peers = new ShardPeers(config, this, admission, chores);
        this.recovery = new Recovery(store, admission, policies, places, peers, chores);
        try {
            for (int index = 0; index < config.shards(); index++) {
                recovery.open(places.of(index));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        for (int index = 0; index < config.shards(); index++) {
            guard(index, Shard::resendAll);
        }
    }

    ShardPlaces places() {
        return places;
    }

    /** Serves a request on this thread: for the pool. */
    void serve(Request request) {
        if (request.isDone()) {
            // Given up while it waited for its turn: with its shard, or by its client, and then it still has its slot.
            request.answer(Admission.unavailable("it was given up"));
            return;
        }
        int source = request.shard();
        int destination = request.command() instanceof Transfer transfer ? config.shardOf(transfer.to()) : source;
        GuardedShard first = places.of(Math.min(source, destination));
        if (!policies.locking().lock(first)) {
            refuse(request, first);
            return;
        }
        try {
            if (source == destination) {
                handle(request, first, first);
            } else {
                serveLocked(request, first, places.of(Math.max(source, destination)));
            }
        } finally {
            first.unlock();
        }
    }

    /** With the first lock held, takes the second. */
    private void serveLocked(Request request, GuardedShard first, GuardedShard second) {
        if (!policies.locking().lockToo(second)) {
            refuse(request, second);
            return;
        }
        try {
            boolean isUpward = request.shard() == first.index();
            handle(request, isUpward ? first : second, isUpward ? second : first);
        } finally {
            second.unlock();
        }
    }

    private void handle(Request request, GuardedShard source, GuardedShard destination) {
        Shard shard = source.shard();
        if (shard == null || !destination.isServed()) {
            // Let in before the shard was given up, or the ledger closed.
            int index = (shard == null ? source : destination).index();
            request.answer(Admission.unavailable("shard " + index + " is not served"));
            return;
        }
        try {
            shard.handle(request.command(), request);
        } catch (Throwable e) {
            policies.blame().blame(admission, request);
            request.answer(new Indeterminate("failed while serving: " + e));
            recovery.requestFailed(source, shard, e);
        }
    }

    private static void refuse(Request request, GuardedShard guarded) {
        Thread holder = guarded.holder();
        request.answer(Admission.unavailable("shard " + guarded.index() + ": its lock was not to be had in time"
                + (holder == null ? "" : ", " + holder.getName() + " has it")));
    }

    boolean isServed(int index) {
        return places.of(index).isServed();
    }

    /** Does something with a shard, on this thread. False if it is not served. */
    boolean guard(int index, Consumer<Shard> action) {
        GuardedShard guarded = places.of(index);
        if (!policies.locking().lock(guarded)) {
            // Whatever it was is said again with everything else there is to say.
            peers.owe(index);
            return true;
        }
        try {
            Shard shard = guarded.shard();
            if (shard != null) {
                try {
                    action.accept(shard);
                } catch (Throwable e) {
                    recovery.messageFailed(guarded, shard, e);
                }
            }
            return shard != null;
        } finally {
            guarded.unlock();
        }
    }

    /**
     * Takes a shard from a thread that holds its lock and does not come back, and has it recovered by a thread of the pool. Newcomers are refused already, and what it had in flight is answered. False if that
     * cannot be done, because there is no journal to recover it from, or the thread is itself about to put it in place.
     */
    boolean fence(int index) {
        Shard late = recovery.canReplace() ? places.giveUp(index) : null;
        if (late == null) {
            return false;
        }
        recovery.lost(index, late);
        return true;
    }

    /** Closes every shard, and whatever a stuck thread keeps from that can do no harm any more. */
    @Override
    public void close() {
        chores.close();
        recovery.close();
        places.close();
        store.close();
    }
}
