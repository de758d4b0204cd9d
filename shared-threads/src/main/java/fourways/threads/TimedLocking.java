package fourways.threads;

import java.util.concurrent.TimeUnit;

/**
 * Waits for a lock for a limited time, so that a thread stuck with one shard's lock does not make the others wait for it until none is left for
 * anybody. After somebody has waited in vain, nobody waits for that lock any more until it has been had again: what a stuck thread costs its neighbors is one limit, not one
 * for each request.
 */
final class TimedLocking implements Locking {

    /** Of the deadline: many times what any request, or the recovery of a shard, takes that is not stuck. */
    private static final int PART = 5;

    private final long limitNanos;

    TimedLocking(int deadlineMillis) {
        this.limitNanos = TimeUnit.MILLISECONDS.toNanos(deadlineMillis) / PART;
    }

    @Override
    public boolean lock(GuardedShard guarded) {
        boolean locked = guarded.tryLock() || (!guarded.isSuspect() && lockInTime(guarded));
        if (locked && guarded.isSuspect()) {
            guarded.suspect(false);
        }
        return locked;
    }

    private boolean lockInTime(GuardedShard guarded) {
        try {
            boolean locked = guarded.tryLock(limitNanos);
            guarded.suspect(!locked);
            return locked;
        } catch (InterruptedException e) {
            // The ledger closes, or this thread was taken for stuck. In either case there is no time to wait.
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
