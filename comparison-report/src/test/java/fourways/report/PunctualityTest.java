package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PunctualityTest {

    @Test
    void observerThatKeepsItsScheduleHasNothingToAnswerFor() {
        assertNull(Punctuality.of(lags(1_000, 0, 0)).complaint());
        assertNull(Punctuality.of(lags(1_000, 1_000, 100)).complaint());
    }

    @Test
    void fewLateRequestsAreForgiven() {
        Punctuality punctuality = Punctuality.of(lags(1_000, 20, 190));

        assertEquals(new Punctuality(190, 0.02), punctuality);
        assertNull(punctuality.complaint());
    }

    @Test
    void manyLateRequestsMakeTheObserverLate() {
        String complaint = Punctuality.of(lags(1_000, 21, 190)).complaint();

        assertNotNull(complaint);
        assertTrue(complaint.startsWith("observer late: by up to 190 ms, and by more than 100 ms in 2.1 %"), complaint);
    }

    @Test
    void oneVeryLateRequestMakesTheObserverLate() {
        assertNull(Punctuality.of(lags(1_000, 1, 500)).complaint());
        assertNotNull(Punctuality.of(lags(1_000, 1, 501)).complaint());
    }

    private static long[] lags(int requests, int late, long lateMillis) {
        long[] lags = new long[requests];
        for (int i = 0; i < late; i++) {
            lags[i * (requests / late)] = TimeUnit.MILLISECONDS.toNanos(lateMillis);
        }
        return lags;
    }
}
