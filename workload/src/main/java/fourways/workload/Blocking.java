package fourways.workload;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Keeps a thread from doing anything else, as a call to something slow does that knows no time limit and no interruption. */
final class Blocking {

    /** Longer than anybody waits, and short enough for a test to end after it. */
    static final Duration LONG = Duration.ofSeconds(30);

    private Blocking() {}

    static void holdFor(Duration duration) {
        long deadlineNanos = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = deadlineNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
            // A set interrupt flag would turn the park into a spin.
            Thread.interrupted();
        }
    }
}
