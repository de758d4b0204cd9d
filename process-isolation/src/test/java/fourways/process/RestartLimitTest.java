package fourways.process;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartLimitTest {

    private static final Duration SHORT = Duration.ofMillis(999);
    private static final Duration LONG = Duration.ofSeconds(1);

    @Test
    void theFifthFailureInARowIsTheLast() {
        RestartLimit limit = RestartLimit.usual();

        for (int i = 1; i < 5; i++) {
            assertTrue(limit.allowsAnotherAfter(SHORT));
        }
        assertFalse(limit.allowsAnotherAfter(Duration.ZERO));
    }

    @Test
    void aWorkerThatLastedBeginsANewRow() {
        RestartLimit limit = RestartLimit.usual();
        for (int i = 1; i < 5; i++) {
            limit.allowsAnotherAfter(SHORT);
        }

        assertTrue(limit.allowsAnotherAfter(LONG));
        for (int i = 1; i < 5; i++) {
            assertTrue(limit.allowsAnotherAfter(SHORT));
        }
        assertFalse(limit.allowsAnotherAfter(SHORT));
    }

    @Test
    void neverMeansNotEvenAfterALongLife() {
        assertFalse(RestartLimit.never().allowsAnotherAfter(LONG));
    }
}
