package fourways.process;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where the threads that have lost a worker meet the one that has a spare. Nothing is kept here: who asks waits until that thread has time, and goes without if it takes too long.
 *
 * <p>A spare is handed over or not, and never twice: each wish is completed once, by whoever comes first, the thread of the spare or the end of patience; and the thread that has the spare
 * has it no more once it has completed one.
 */
final class SpareWishes {

    /** A spare that waits has answered long before, unless the machine is busy. But starting one from nothing takes longer still, on such a machine above all. */
    static final Duration HANDOVER_PATIENCE = Duration.ofMillis(100);

    /** Of one who asks. */
    static final class Wish {

        private final CompletableFuture<@Nullable WorkerProcess> granted = new CompletableFuture<>();

        private Wish() {}

        /** Hands the spare over; false if it was wished for too long ago. */
        boolean grant(WorkerProcess spare) {
            return granted.complete(spare);
        }
    }

    private final SynchronousQueue<Wish> wishes = new SynchronousQueue<>();

    /** Waits until the thread of the spare has time for this, and then a moment for the spare itself. Null if either takes too long. */
    @Nullable
    WorkerProcess wish(Duration patience) {
        Wish wish = new Wish();
        try {
            return wishes.offer(wish, patience.toNanos(), TimeUnit.NANOSECONDS)
                    ? wish.granted
                            .completeOnTimeout(null, HANDOVER_PATIENCE.toNanos(), TimeUnit.NANOSECONDS)
                            .join()
                    : null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** For the thread that has the spare: the wish of somebody who waits; null if nobody does. */
    @Nullable
    Wish poll() {
        return wishes.poll();
    }

    /** The same, but waits for somebody to come. */
    @Nullable
    Wish poll(Duration patience) throws InterruptedException {
        return wishes.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    }
}
