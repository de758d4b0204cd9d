package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SlownessTest {

    @Test
    void oneInAHundredExceedsThePercentile() {
        assertEquals(99, Slowness.p99Micros(descendingFrom(100)));
        assertEquals(198, Slowness.p99Micros(descendingFrom(200)));
        assertEquals(990, Slowness.p99Micros(descendingFrom(1_000)));
    }

    @Test
    void fewRequestsHaveThePercentileThatOneExceeds() {
        assertEquals(19, Slowness.p99Micros(descendingFrom(20)));
        assertEquals(79, Slowness.p99Micros(descendingFrom(80)));
    }

    @Test
    void tooFewHaveNone() {
        assertNull(Slowness.p99Micros(descendingFrom(19)));
        assertNull(Slowness.p99Micros(new long[0]));
    }

    @Test
    void singleHiccupDoesNotDecide() {
        long[] latencies = new long[60];
        latencies[7] = 900_000;

        assertEquals(0, Slowness.p99Micros(latencies));
    }

    @Test
    void slowIsAboveFiveTimesTheControlAndAboveTheFloor() {
        assertTrue(Slowness.isSlowed(250_001L, 50_000L));
        assertFalse(Slowness.isSlowed(250_000L, 50_000L));
        assertFalse(Slowness.isSlowed(Slowness.FLOOR_MICROS, 100L));
        assertTrue(Slowness.isSlowed(Slowness.FLOOR_MICROS + 1, 100L));
        assertFalse(Slowness.isSlowed(250_001L, null));
        assertFalse(Slowness.isSlowed(null, 100L));
    }

    private static long[] descendingFrom(int n) {
        return LongStream.rangeClosed(1, n).map(i -> n + 1 - i).toArray();
    }
}
