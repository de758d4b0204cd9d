package fourways.threads;

import fourways.workload.Pulse;
import java.util.concurrent.TimeUnit;

/**
 * Waits for a lock for a limited time, so that a thread stuck with one shard's lock does not make the others wait for it until none is left for
 * anybody. After somebody has waited in vain, nobody waits for that lock any more until it has been had again: what a stuck thread costs its neighbors is one limit, not one
 * for each request.
 */
final class TimedLocking implements Locking {

    /** Of the deadline: many times what any request that is not stuck takes, or the recovery of its shard, also in a JVM that has just started. */
    private static final int PART = 2;

    private final long limitNanos;

    TimedLocking(int deadlineMillis) {
        this.limitNanos = TimeUnit.MILLISECONDS.toNanos(deadlineMillis) / PART;
    }

    @Override
    public boolean lock(GuardedShard guarded) {
        return lock(guarded, limitNanos);
    }

    /** Half as long: those who wait meanwhile for the lock that the thread holds do not wait in vain. */
    @Override
    public boolean lockToo(GuardedShard guarded) {
        return lock(guarded, limitNanos / 2);
    }

    private static boolean lock(GuardedShard guarded, long nanos) {
        boolean locked = guarded.tryLock() || (!guarded.isSuspect() && lockIn(nanos, guarded));
        if (locked) {
            if (guarded.isSuspect()) {
                guarded.suspect(false);
            }
            advance();
        }
        return locked;
    }

    /**
     * A thread that has been taken for stuck while it waited, or while it went from shard to shard, would not be taken for stuck once more with what it has the lock of now: it is said once of each thing.
     */
    private static void advance() {
        Pulse pulse = WatchedPool.pulse();
        if (pulse != null) {
            pulse.advance();
        }
    }

    private static boolean lockIn(long nanos, GuardedShard guarded) {
        try {
            boolean locked = guarded.tryLock(nanos);
            if (!locked) {
                guarded.suspect(true);
            }
            return locked;
        } catch (InterruptedException e) {
            // The ledger closes, or this thread was taken for stuck. In either case there is no time to wait.
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
