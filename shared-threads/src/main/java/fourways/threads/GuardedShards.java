package fourways.threads;

import fourways.workload.Admission;
import fourways.workload.Command.Transfer;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerStore;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Peers;
import fourways.workload.Request;
import fourways.workload.Shard;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All shards of the ledger, each behind its lock.
 *
 * <p><b>Discipline.</b> A shard is touched only with its lock held. Whoever needs two takes the lower-numbered first (Havender's ordering, so no cycle of waiting
 * threads can form). A transfer holds both before it starts, so the messages between its two shards are plain calls that take the same, reentrant, locks
 * again. The thread that forces journals in {@code DISK} mode delivers such a message later and holds one lock at a time.
 *
 * <p><b>Failure.</b> A shard that throws is closed and recovered from its journal before its lock is released: nobody ever sees it half changed. Transfers that
 * were under way to or from it are sent again by a task of its own, which holds no lock to begin with.
 */
final class GuardedShards implements Peers, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(GuardedShards.class.getName());

    /** How long {@link #close} waits, in all, for locks that a stuck thread may hold for ever. */
    private static final long CLOSE_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LedgerConfig config;
    private final LedgerStore store;
    private final Admission admission;
    private final ExecutorService threads;
    private final List<ReentrantLock> locks;

    /** Each element is guarded by its lock; null where the shard could not be recovered, or after close. */
    private final @Nullable Shard[] shards;

    private volatile boolean closed;

    GuardedShards(LedgerConfig config, Admission admission, ExecutorService threads) {
        this.config = config;
        this.admission = admission;
        this.threads = threads;
        this.locks = IntStream.range(0, config.shards())
                .mapToObj(index -> new ReentrantLock())
                .toList();
        this.shards = new @Nullable Shard[config.shards()];
        this.store = LedgerStore.open(config);
        try {
            for (int index = 0; index < shards.length; index++) {
                shards[index] = Shard.open(store, index, this);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        for (int index = 0; index < shards.length; index++) {
            guard(index, Shard::resendAll);
        }
    }

    /** Serves a request on this thread: for the pool. */
    void serve(Request request) {
        int source = request.shard();
        int destination = request.command() instanceof Transfer transfer ? config.shardOf(transfer.to()) : source;
        ReentrantLock first = locks.get(Math.min(source, destination));
        ReentrantLock second = locks.get(Math.max(source, destination));
        first.lock();
        try {
            second.lock();
            try {
                handle(request, source, destination);
            } finally {
                second.unlock();
            }
        } finally {
            first.unlock();
        }
    }

    private void handle(Request request, int source, int destination) {
        Shard shard = shards[source];
        if (shard == null || shards[destination] == null) {
            // Let in before the shard was given up, or the ledger closed.
            request.answer(Admission.unavailable("shard " + (shard == null ? source : destination) + " is not served"));
            return;
        }
        try {
            shard.handle(request.command(), request);
        } catch (Throwable e) {
            request.answer(new Indeterminate("failed while serving: " + e));
            recover(shard, e);
        }
    }

    @Override
    public void credit(Credit credit) {
        // What a shard says while it is being replaced is dropped, for it is sent again afterwards, and here no second
        // lock may be taken.
        if (shards[credit.source()] != null) {
            guard(credit.destination(), shard -> shard.credit(credit));
        }
    }

    @Override
    public void credited(Credited credited) {
        if (shards[credited.destination()] != null) {
            guard(credited.source(), shard -> shard.credited(credited));
        }
    }

    private void guard(int index, Consumer<Shard> action) {
        locks.get(index).lock();
        try {
            Shard shard = shards[index];
            if (shard != null) {
                try {
                    action.accept(shard);
                } catch (Throwable e) {
                    recover(shard, e);
                }
            }
        } finally {
            locks.get(index).unlock();
        }
    }

    /** Replaces a shard that threw, with its lock held. A shard that cannot be recovered is not served any more; the others are. */
    private void recover(Shard broken, Throwable cause) {
        int index = broken.index();
        LOG.log(System.Logger.Level.WARNING, "shard " + index + " failed and is recovered from its journal", cause);
        shards[index] = null;
        try {
            broken.close();
            if (!closed) {
                shards[index] = Shard.open(store, index, this);
                threads.execute(() -> reconcile(index));
            }
        } catch (RejectedExecutionException e) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "closing: transfers of shard " + index + " are sent on when it opens again");
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "shard " + index + " cannot be recovered", e);
            admission.suspend(index, "it failed and cannot be recovered: " + e.getMessage());
        }
    }

    /** Sends again what was under way between a recovered shard and each other one. */
    private void reconcile(int recovered) {
        for (int peer = 0; peer < shards.length; peer++) {
            int low = Math.min(recovered, peer);
            int high = Math.max(recovered, peer);
            guard(low, lower -> {
                guard(high, higher -> higher.resend(low));
                lower.resend(high);
            });
        }
    }

    /**
     * Closes every shard. One whose lock a stuck thread holds is closed all the same, without the lock: its journal is fenced by that, and when the thread comes back
     * it finds the journal closed and can do no harm.
     */
    @Override
    public void close() {
        closed = true;
        long deadlineNanos = System.nanoTime() + CLOSE_PATIENCE_NANOS;
        for (int index = 0; index < shards.length; index++) {
            boolean locked = lockBefore(deadlineNanos, locks.get(index));
            try {
                Shard shard = shards[index];
                shards[index] = null;
                if (shard != null) {
                    shard.close();
                }
            } finally {
                if (locked) {
                    locks.get(index).unlock();
                }
            }
        }
        store.close();
    }

    private static boolean lockBefore(long deadlineNanos, ReentrantLock lock) {
        try {
            return lock.tryLock(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return lock.tryLock();
        }
    }
}
