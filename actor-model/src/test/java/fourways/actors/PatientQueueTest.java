package fourways.actors;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PatientQueueTest {

    private record Turn() implements Runnable {
        @Override
        public void run() {}
    }

    private final PatientQueue queue = new PatientQueue(2);
    private final CompletableFuture<Runnable> taken = new CompletableFuture<>();
    private final Thread taker = Thread.ofPlatform().daemon().unstarted(() -> {
        try {
            taken.complete(queue.take());
        } catch (InterruptedException e) {
            taken.completeExceptionally(e);
        }
    });

    @Test
    void whoFindsNothingSleepsUntilThereIsSomething() {
        taker.start();
        Awaitility.await().atMost(20, SECONDS).until(() -> taker.getState() == Thread.State.WAITING);

        queue.add(new Turn());

        assertEquals(new Turn(), taken.orTimeout(20, SECONDS).join());
    }

    @Test
    void whoSleepsCanBeInterrupted() {
        taker.start();
        Awaitility.await().atMost(20, SECONDS).until(() -> taker.getState() == Thread.State.WAITING);

        taker.interrupt();

        Awaitility.await().atMost(20, SECONDS).until(taken::isDone);
        assertTrue(taken.exceptionNow() instanceof InterruptedException, taken::toString);
    }

    @Test
    void thereAreNoMoreTurnsThanAllowed() {
        assertTrue(queue.offer(new Turn()));
        assertTrue(queue.offer(new Turn()));

        assertFalse(queue.offer(new Turn()));
    }
}
