package fourways.actors;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Keeps an actor in the callback of an answer; what is sent to it meanwhile stays in its mailbox. */
final class Holdup {

    private static final int MAX_ATTEMPTS = 10_000;

    private Holdup() {}

    /** Returns when the actor that answers these requests is held up, with what releases it. */
    static CountDownLatch of(Supplier<CompletableFuture<Outcome>> requests) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Thread test = Thread.currentThread();
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            CompletableFuture<Void> callback = requests.get().thenRun(() -> {
                // Where the answer is there already this runs on the test's own thread, which holds up nobody.
                if (Thread.currentThread() != test) {
                    held.countDown();
                    awaitUninterruptibly(release);
                }
            });
            if (!callback.isDone()) {
                assertTrue(held.await(20, SECONDS));
                return release;
            }
        }
        throw new AssertionError("every answer came before the callback could be attached");
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
