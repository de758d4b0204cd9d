package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AwakeClockTest {

    private static final long BEGIN = Long.parseLong("9223372036854775792");

    private final AwakeClock clock = new AwakeClock(10, BEGIN);

    @Test
    void goesWithEveryLookThatIsInTimeAlsoWhereTheTimeOfTheSystemOverflows() {
        assertEquals(10, clock.look(BEGIN + 10));
        assertEquals(30, clock.look(BEGIN + 30));
        assertEquals(30, clock.awakeNanos());
    }

    @Test
    void standsStillWhileWhoeverLooksIsLate() {
        assertEquals(20, clock.look(BEGIN + 1_000_000));
        assertEquals(30, clock.look(BEGIN + 1_000_010));
    }

    @Test
    void neverGoesBack() {
        clock.look(BEGIN + 10);

        assertEquals(10, clock.look(BEGIN + 5));
    }
}
