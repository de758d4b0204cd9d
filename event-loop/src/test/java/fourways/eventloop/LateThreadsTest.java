package fourways.eventloop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LateThreadsTest {

    @Test
    void whatAnotherThreadThrowsDoesNotEndAWait() {
        AtomicInteger rounds = new AtomicInteger();

        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            if (rounds.incrementAndGet() == 1) {
                Thread late = Thread.ofPlatform().start(() -> {
                    throw new RejectedExecutionException("thrown on purpose");
                });
                late.join();
            }
            return rounds.get() == 2;
        });

        assertEquals(2, rounds.get());
    }
}
