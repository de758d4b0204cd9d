package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.RestartBackoff.Settings;
import fourways.workload.Restarts.Decision;
import fourways.workload.Restarts.Decision.GiveUp;
import fourways.workload.Restarts.Decision.Restart;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestartBackoffTest {

    private static final Settings SETTINGS = new Settings(
            5, Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofSeconds(2), Duration.ofSeconds(10));

    /** Just before the second failure would be calm, the clock overflows, as System.nanoTime() may. */
    private long nowNanos = Long.MAX_VALUE - 2 * 1_999_000_000L - 500_000;

    private Decision failAfterServing(RestartBackoff backoff, Duration served) {
        backoff.serves(nowNanos);
        nowNanos += served.toNanos();
        return backoff.failed(nowNanos);
    }

    private Decision fail(RestartBackoff backoff) {
        return failAfterServing(backoff, Duration.ofMillis(1_999));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void delaysDoubleUpToTheirLimitThenItGivesUp(long seed) {
        RestartBackoff backoff = new RestartBackoff(SETTINGS, seed);

        assertEquals(new Restart(Duration.ZERO), fail(backoff));
        assertDelay(50, 100, fail(backoff));
        assertDelay(100, 200, fail(backoff));
        assertDelay(150, 300, fail(backoff));
        assertDelay(150, 300, fail(backoff));
        assertPause(fail(backoff));
        assertPause(fail(backoff));
    }

    @Test
    void aCalmPeriodBeginsANewRowAlsoAfterItGaveUp() {
        RestartBackoff backoff = new RestartBackoff(SETTINGS, 1);
        for (int i = 0; i < 10; i++) {
            fail(backoff);
        }

        assertEquals(new Restart(Duration.ZERO), failAfterServing(backoff, Duration.ofSeconds(2)));
        assertDelay(50, 100, fail(backoff));
    }

    @Test
    void timeInWhichItDidNotServeIsNotCalm() {
        RestartBackoff backoff = new RestartBackoff(SETTINGS, 1);
        fail(backoff);

        nowNanos += Duration.ofHours(1).toNanos();

        assertDelay(50, 100, backoff.failed(nowNanos));
    }

    @Test
    void oneSeedOneSequenceAndOthersDiffer() {
        List<Decision> sequence = sequence(1);

        assertEquals(sequence, sequence(1));
        assertNotEquals(sequence, sequence(2));
    }

    private List<Decision> sequence(long seed) {
        RestartBackoff backoff = new RestartBackoff(SETTINGS, seed);
        return Stream.generate(() -> fail(backoff)).limit(7).toList();
    }

    @Test
    void delaysAreSpreadOverTheirWholeHalf() {
        long[] delays = LongStream.range(0, 1_000)
                .map(seed -> {
                    RestartBackoff backoff = new RestartBackoff(SETTINGS, seed);
                    fail(backoff);
                    return assertInstanceOf(Restart.class, fail(backoff))
                            .delay()
                            .toMillis();
                })
                .sorted()
                .toArray();

        assertTrue(delays[0] <= 51 && delays[500] >= 70 && delays[500] <= 80 && delays[999] >= 98);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        Duration second = Duration.ofSeconds(1);
        assertRefused("maxInARow is 0", 0, second, second, second, second);
        assertRefused("firstDelay is PT0S", 1, Duration.ZERO, second, second, second);
        assertRefused("maxDelay is PT0.5S", 1, second, Duration.ofMillis(500), second, second);
        assertRefused("calm is PT0S", 1, second, second, Duration.ZERO, second);
        assertRefused("pause is PT-1S", 1, second, second, second, second.negated());
    }

    private static void assertRefused(
            String message, int maxInARow, Duration first, Duration most, Duration calm, Duration pause) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new Settings(maxInARow, first, most, calm, pause));
        assertTrue(String.valueOf(refused.getMessage()).startsWith(message), refused::getMessage);
    }

    private static void assertDelay(long lowMillis, long highMillis, Decision decision) {
        long millis = assertInstanceOf(Restart.class, decision).delay().toMillis();
        assertTrue(lowMillis <= millis && millis <= highMillis, decision::toString);
    }

    private static void assertPause(Decision decision) {
        long millis = assertInstanceOf(GiveUp.class, decision).pause().toMillis();
        assertTrue(5_000 <= millis && millis <= 10_000, decision::toString);
    }
}
