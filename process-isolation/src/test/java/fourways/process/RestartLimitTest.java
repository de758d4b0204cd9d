package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fourways.workload.Restarts;
import fourways.workload.Restarts.Decision;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartLimitTest {

    private static final Duration SHORT = Duration.ofMillis(999);
    private static final Duration LONG = Duration.ofSeconds(1);
    private static final Decision AT_ONCE = new Decision.Restart(Duration.ZERO);
    private static final Decision NOT_ANY_MORE = new Decision.GiveUp(Restarts.FOR_GOOD);

    private long nowNanos = Long.MAX_VALUE - 1;

    private Decision failAfter(Restarts restarts, Duration served) {
        restarts.serves(nowNanos);
        nowNanos += served.toNanos();
        return restarts.failed(nowNanos);
    }

    @Test
    void theFifthFailureInARowIsTheLast() {
        RestartLimit limit = new RestartLimit();

        for (int i = 1; i < 5; i++) {
            assertEquals(AT_ONCE, failAfter(limit, SHORT));
        }
        assertEquals(NOT_ANY_MORE, limit.failed(nowNanos));
    }

    @Test
    void aWorkerThatLastedBeginsANewRow() {
        RestartLimit limit = new RestartLimit();
        for (int i = 1; i < 5; i++) {
            failAfter(limit, SHORT);
        }

        assertEquals(AT_ONCE, failAfter(limit, LONG));
        for (int i = 1; i < 5; i++) {
            assertEquals(AT_ONCE, limit.failed(nowNanos));
        }
        assertEquals(NOT_ANY_MORE, failAfter(limit, SHORT));
    }

    @Test
    void neverMeansNotEvenAfterALongLife() {
        assertEquals(NOT_ANY_MORE, failAfter(Restarts.never(), LONG));
    }
}
