package fourways.workload;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Brings two threads to wait for each other for ever: each takes one of two locks, and when both have theirs, each wants the other's. The first to come waits for a
 * second, so it does not depend on luck whether the two meet. {@link java.lang.management.ThreadMXBean#findDeadlockedThreads} finds them, unless they are virtual.
 */
final class Deadlock {

    /** Many times what it takes to sabotage one more shard, also on a busy machine. */
    private static final long PARTNER_PATIENCE_MILLIS = 3_000;

    /** Where all who are struck in this process meet. */
    private static final Deadlock TOGETHER = new Deadlock(PARTNER_PATIENCE_MILLIS);

    private final long patienceNanos;

    /** Of a thread that has come first, until a second one joins it or its patience ends. Guarded by this. */
    private @Nullable Pair waiting;

    private static final class Pair {
        private final Lock first = new ReentrantLock();
        private final Lock second = new ReentrantLock();
        private final CountDownLatch notHeld = new CountDownLatch(2);
    }

    Deadlock(long patienceMillis) {
        this.patienceNanos = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    }

    static void strike(Scene scene) {
        TOGETHER.enter(
                () -> scene.fired("holds a lock that another thread waits for, and waits for one that it holds"));
    }

    /**
     * Returns if no other thread comes in time, holding nothing; never, if one does. Interrupts change nothing.
     *
     * @param met runs when both threads hold what the other wants
     */
    void enter(Runnable met) {
        Pair pair = new Pair();
        Pair joined = joinOr(pair);
        if (joined != null) {
            embrace(joined, joined.second, joined.first, met);
        } else {
            embrace(pair, pair.first, pair.second, met);
        }
    }

    private void embrace(Pair pair, Lock own, Lock wanted, Runnable met) {
        holding(own, () -> {
            pair.notHeld.countDown();
            boolean meet = areBothHeld(pair);
            if (meet || !withdraw(pair)) {
                while (!meet) {
                    // Somebody joined at the last moment.
                    meet = areBothHeld(pair);
                }
                met.run();
                holding(wanted, () -> {});
            }
        });
    }

    private static void holding(Lock lock, Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** The pair that waits for somebody, or null if that is now the one offered. */
    private synchronized @Nullable Pair joinOr(Pair offered) {
        Pair joined = waiting;
        waiting = joined == null ? offered : null;
        return joined;
    }

    /** False if two have met, or are about to. */
    private synchronized boolean withdraw(Pair pair) {
        boolean alone = waiting == pair;
        if (alone) {
            waiting = null;
        }
        return alone;
    }

    /** Waits for it. */
    private boolean areBothHeld(Pair pair) {
        long deadlineNanos = System.nanoTime() + patienceNanos;
        while (true) {
            try {
                return pair.notHeld.await(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                // A fault is not impressed. The flag is clear now, or the next wait would not be one.
            }
        }
    }
}
