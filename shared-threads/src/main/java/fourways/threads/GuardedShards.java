package fourways.threads;

import fourways.workload.Admission;
import fourways.workload.Command.Transfer;
import fourways.workload.JournalMode;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerOpenException;
import fourways.workload.LedgerStore;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Peers;
import fourways.workload.Request;
import fourways.workload.Shard;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * All shards of the ledger, each behind its lock.
 *
 * <p><b>Discipline.</b> A shard is touched only with its lock held. Whoever needs two takes the lower-numbered first (Havender's ordering, so no cycle of waiting
 * threads can form). A transfer holds both before it starts, so the messages between its two shards are plain calls that take the same, reentrant, locks
 * again. The thread that forces journals in {@code DISK} mode delivers such a message later and holds one lock at a time.
 *
 * <p><b>Failure.</b> A shard that throws is taken out and closed before its lock is released: nobody ever sees it half changed. The {@link Recovery} says when it is
 * recovered from its journal. Transfers that were under way to or from it are sent again by a task of its own, which holds no lock to begin with.
 *
 * <p><b>Fencing.</b> A shard may also be taken from a thread that does not come back, lock and all: its place gets a new lock, its journal is closed, and then it is
 * recovered like any other. The late thread still holds the lock of old, and with it nothing: the place is empty, and so are its attempts on the journal.
 */
final class GuardedShards implements Peers, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(GuardedShards.class.getName());

    /** How long {@link #close} waits, in all, for locks that a stuck thread may hold for ever. */
    private static final long CLOSE_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LedgerConfig config;
    private final LedgerStore store;
    private final Admission admission;
    private final Policies policies;
    private final AtomicReferenceArray<GuardedShard> shards;

    /** 1 where something could not be said to a shard, until it is said again. */
    private final AtomicIntegerArray owed;

    private volatile boolean closed;

    GuardedShards(LedgerConfig config, Admission admission, Policies policies) {
        this.config = config;
        this.admission = admission;
        this.policies = policies;
        this.shards = new AtomicReferenceArray<>(
                IntStream.range(0, config.shards()).mapToObj(GuardedShard::new).toArray(GuardedShard[]::new));
        this.owed = new AtomicIntegerArray(config.shards());
        this.store = LedgerStore.open(config);
        try {
            for (int index = 0; index < shards.length(); index++) {
                shards.get(index).put(Shard.open(store, index, this));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        for (int index = 0; index < shards.length(); index++) {
            guard(index, Shard::resendAll);
        }
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
        GuardedShard first = shards.get(Math.min(source, destination));
        if (!policies.locking().lock(first)) {
            refuse(request, first);
            return;
        }
        try {
            if (source == destination) {
                handle(request, first, first);
            } else {
                serveLocked(request, first, shards.get(Math.max(source, destination)));
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
            policies.recovery().blame(request);
            request.answer(new Indeterminate("failed while serving: " + e));
            recover(source, shard, e);
        }
    }

    private static void refuse(Request request, GuardedShard guarded) {
        Thread holder = guarded.holder();
        request.answer(Admission.unavailable("shard " + guarded.index() + ": its lock was not to be had in time"
                + (holder == null ? "" : ", " + holder.getName() + " has it")));
    }

    @Override
    public void credit(Credit credit) {
        // What a shard says while it is being replaced is dropped, for it is sent again afterwards, and here no second
        // lock may be taken.
        if (isServed(credit.source()) && !guard(credit.destination(), shard -> shard.credit(credit))) {
            strand(credit);
        }
    }

    @Override
    public void credited(Credited credited) {
        if (isServed(credited.destination())) {
            guard(credited.source(), shard -> shard.credited(credited));
        }
    }

    boolean isServed(int index) {
        return shards.get(index).isServed();
    }

    /** The money stays in the outbox of its source until the destination is served again; who waits for the transfer need not. */
    private void strand(Credit credit) {
        admission.inFlight(credit.source(), request -> {
            if (request.command().id() == credit.id()) {
                request.answer(new Indeterminate("debited; the receiving shard is not served"));
            }
        });
    }

    /** Does something with a shard, on this thread. False if it is not served. */
    boolean guard(int index, Consumer<Shard> action) {
        GuardedShard guarded = shards.get(index);
        if (!policies.locking().lock(guarded)) {
            // Whatever it was is said again with everything else there is to say.
            if (owed.compareAndSet(index, 0, 1)) {
                policies.recovery().later(index, () -> reconcile(index));
            }
            return true;
        }
        try {
            Shard shard = guarded.shard();
            if (shard != null) {
                try {
                    action.accept(shard);
                } catch (Throwable e) {
                    recover(guarded, shard, e);
                }
            }
            return shard != null;
        } finally {
            guarded.unlock();
        }
    }

    /** Takes out a shard that threw, with its lock held. */
    private void recover(GuardedShard guarded, Shard broken, Throwable cause) {
        if (guarded.takeOut(broken)) {
            int index = guarded.index();
            LOG.log(Level.WARNING, "shard " + index + " failed and is recovered from its journal", cause);
            giveUp(index, broken::close);
        }
    }

    private void giveUp(int index, Runnable closing) {
        try {
            closing.run();
        } catch (Throwable e) {
            LOG.log(
                    Level.WARNING,
                    "closing shard " + index + "; if its journal is still open, the attempt will say so",
                    e);
        }
        policies.recovery().failed(index, () -> open(index));
    }

    /** Opens the journal of a shard that has been taken out, and puts the shard in place. */
    private void open(int index) {
        GuardedShard guarded = shards.get(index);
        if (!policies.locking().lock(guarded)) {
            policies.recovery()
                    .notOpened(index, new LedgerOpenException("its lock is not to be had"), () -> open(index));
            return;
        }
        try {
            if (!closed && !guarded.isServed()) {
                Shard opened = Shard.open(store, index, this);
                policies.recovery().opened(index);
                guarded.put(opened);
                tend(index, () -> reconcile(index));
            }
        } catch (Throwable e) {
            policies.recovery().notOpened(index, e, () -> open(index));
        } finally {
            guarded.unlock();
        }
    }

    /** Has a thread of the pool do something that holds no lock to begin with. */
    private void tend(int index, Runnable work) {
        try {
            policies.threads().execute(new ShardTask.Tend(index, work));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.INFO, "closing: transfers of shard " + index + " are sent on when it opens again");
        }
    }

    /** Sends again what was under way between a recovered shard and each other one. */
    private void reconcile(int recovered) {
        owed.set(recovered, 0);
        for (int peer = 0; peer < shards.length(); peer++) {
            int low = Math.min(recovered, peer);
            int high = Math.max(recovered, peer);
            guard(low, lower -> {
                guard(high, higher -> higher.resend(low));
                lower.resend(high);
            });
        }
    }

    /** The shards whose locks a thread holds at about this moment. */
    List<Integer> heldBy(Thread thread) {
        return IntStream.range(0, shards.length())
                .filter(index -> shards.get(index).holder() == thread)
                .boxed()
                .toList();
    }

    /**
     * Takes a shard from a thread that holds its lock and does not come back, and has it recovered by a thread of the pool. Newcomers are refused already, and what it had in flight is answered. False if that
     * cannot be done, because there is no journal to recover it from, or the thread is itself about to put it in place.
     */
    boolean fence(int index) {
        GuardedShard lost = shards.get(index);
        Shard shard = config.journal() == JournalMode.MEMORY ? null : lost.takeOut();
        if (shard == null) {
            return false;
        }
        shards.set(index, new GuardedShard(index));
        tend(index, () -> giveUp(index, shard::fence));
        return true;
    }

    /**
     * Closes every shard. One whose lock a stuck thread holds is fenced instead: when the thread comes back it finds the journal closed and can do no
     * harm.
     */
    @Override
    public void close() {
        closed = true;
        long deadlineNanos = System.nanoTime() + CLOSE_PATIENCE_NANOS;
        for (int index = 0; index < shards.length(); index++) {
            GuardedShard guarded = shards.get(index);
            boolean locked = lockBefore(deadlineNanos, guarded);
            try {
                Shard shard = guarded.takeOut();
                if (shard != null && locked) {
                    shard.close();
                } else if (shard != null) {
                    shard.fence();
                }
            } finally {
                if (locked) {
                    guarded.unlock();
                }
            }
        }
        store.close();
    }

    private static boolean lockBefore(long deadlineNanos, GuardedShard guarded) {
        try {
            return guarded.tryLock(deadlineNanos - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return guarded.tryLock();
        }
    }
}
