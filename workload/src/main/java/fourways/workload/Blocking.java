package fourways.workload;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Keeps a thread from doing anything else, as a call to something slow does that knows no time limit and no interruption. */
final class Blocking {

    /** Longer than anybody waits, and short enough for a test to end after it. */
    private static final Duration LONG = Duration.ofSeconds(30);

    /** With no more than these, one after the other, a shard serves a few hundred requests a second. */
    private static final Duration SHORT = Duration.ofMillis(5);

    private static final AtomicBoolean WAS_SLOW = new AtomicBoolean();

    private Blocking() {}

    static void forLong(Scene scene) {
        scene.fired("blocks for " + LONG.toSeconds() + " s from now on, whoever interrupts it");
        holdFor(LONG);
    }

    static void slowly(Scene scene) {
        // A line for each would be a flood of its own.
        if (WAS_SLOW.compareAndSet(false, true)) {
            scene.fired("holds the handler for " + SHORT.toMillis() + " ms, as will all that follow");
        }
        holdFor(SHORT);
    }

    private static void holdFor(Duration duration) {
        long deadlineNanos = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = deadlineNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
            // A set interrupt flag would turn the park into a spin.
            Thread.interrupted();
        }
    }
}
