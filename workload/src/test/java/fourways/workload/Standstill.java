package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.Sabotage;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A fault that a test in the same JVM can end: the owner of a shard stands still in the middle of an update, whatever interrupts it, until the test lets it go on. A module whose tests want it names it as
 * a provider among its test resources.
 */
public final class Standstill implements Fault {

    private static final String NAME = "standstill";

    /** Longer than any test takes; then the owner goes on by itself. */
    private static final long PATIENCE_SECONDS = 60;

    /** Those who have been asked for, and whom nobody has met yet. */
    private static final Map<Integer, Hold> EXPECTED = new ConcurrentHashMap<>();

    /** One owner that stands still. */
    public static final class Hold {
        private final CompletableFuture<Thread> owner = new CompletableFuture<>();
        private final CountDownLatch release = new CountDownLatch(1);

        /** The thread that stands still. */
        public Thread thread() {
            return owner.join();
        }

        public void release() {
            release.countDown();
        }

        private void enter() {
            owner.complete(Thread.currentThread());
            long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            boolean released = false;
            while (!released) {
                try {
                    assertTrue(release.await(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS), "forgotten");
                    released = true;
                } catch (InterruptedException e) {
                    // The next attempt waits again: the flag is clear.
                }
            }
        }
    }

    /** Returns when the owner of the shard stands still. A request that is refused meanwhile, because the shard is just being recovered, is sent again. */
    public static Hold of(Ledger ledger, int shard, LongSupplier ids) {
        Hold hold = new Hold();
        EXPECTED.put(shard, hold);
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!hold.owner.isDone()) {
            assertTrue(System.nanoTime() < deadlineNanos, () -> "nobody serves shard " + shard);
            CompletableFuture<Outcome> request = ledger.submit(new Sabotage(ids.getAsLong(), shard, NAME));
            CompletableFuture.anyOf(hold.owner, request)
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
        return hold;
    }

    @Override
    public String faultName() {
        return NAME;
    }

    @Override
    public void strike(Scene scene) {
        Hold hold = EXPECTED.remove(scene.shard());
        // Otherwise one of several requests that were sent for the same.
        if (hold != null) {
            hold.enter();
        }
    }
}
