package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.report.SoakStrikes.Tally;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a soak must not show: each of these alone makes it worth nothing. */
final class SoakMeasurementTest {

    private static final SoakUsage BEFORE = new SoakUsage(1, 30, 80, 4_000);
    private static final List<SoakGrowth> NO_GROWTH = SoakGrowth.of(BEFORE, BEFORE, 0);
    private static final List<Tally> ALL_FIRED = List.of(new Tally("exception", 10, 10), new Tally("poison", 4, 3));
    private static final Punctuality IN_TIME = new Punctuality(3, 0);

    @Test
    void soundOneHasNothingAgainstIt() {
        assertEquals(
                List.of(),
                soak(ALL_FIRED, NO_GROWTH, null, 100, IN_TIME, List.of()).objections());
        assertEquals(
                Status.VALID,
                Finding.of(soak(ALL_FIRED, NO_GROWTH, null, 100, IN_TIME, List.of()))
                        .status());
    }

    @Test
    void growthBeyondALimitIsNamed() {
        objects("grew: processes: 3, ", growth(new SoakUsage(3, 30, 80, 4_000)));
        objects("grew: threads: 60, early on 30, allowed 46", growth(new SoakUsage(1, 60, 80, 4_000)));
        objects("grew: descriptors: 200, ", growth(new SoakUsage(1, 30, 200, 4_000)));
        objects("grew: KiB of heap: 40,000, ", growth(new SoakUsage(1, 30, 80, 40_000)));
        objects("grew: KiB on disk: 201, accounted for 200", soak(ALL_FIRED, NO_GROWTH, null, 201, IN_TIME, List.of()));
    }

    @Test
    void threadsThatAreHeldForGoodAreAccountedFor() {
        SoakUsage atTheLimit = new SoakUsage(1, 46, 80, 4_000);
        SoakUsage beyond = new SoakUsage(1, 48, 80, 4_000);

        assertTrue(SoakGrowth.allWithinLimits(SoakGrowth.of(BEFORE, atTheLimit, 0)));
        assertEquals(false, SoakGrowth.allWithinLimits(SoakGrowth.of(BEFORE, beyond, 0)));
        assertTrue(SoakGrowth.allWithinLimits(SoakGrowth.of(BEFORE, beyond, 1)));
    }

    @Test
    void shardThatDoesNotServeInTheEndIsNamed() {
        objects("shard 7", soak(ALL_FIRED, NO_GROWTH, "shard 7", 100, IN_TIME, List.of()));
    }

    @Test
    void soakWithoutFaultsIsNone() {
        List<Tally> few = List.of(new Tally("exception", 10, 4));

        objects("did not fire: of 10 strikes only 4 ", soak(few, NO_GROWTH, null, 100, IN_TIME, List.of()));
        objects("did not fire: of 0 strikes only 0 ", soak(List.of(), NO_GROWTH, null, 100, IN_TIME, List.of()));
    }

    @Test
    void observerThatWasLateProvesNothing() {
        objects("observer late: ", soak(ALL_FIRED, NO_GROWTH, null, 100, new Punctuality(900, 0), List.of()));
    }

    @Test
    void lostCommandComesFirst() {
        objects("LOST 1", soak(ALL_FIRED, NO_GROWTH, "shard 7", 100, IN_TIME, List.of("LOST 1")));
    }

    private static void objects(String start, SoakMeasurement soak) {
        Finding finding = Finding.of(soak);

        assertEquals(Status.INVALID, finding.status());
        assertTrue(String.valueOf(finding.reason()).startsWith(start), finding.reason());
    }

    private static SoakMeasurement growth(SoakUsage after) {
        return soak(ALL_FIRED, SoakGrowth.of(BEFORE, after, 0), null, 100, IN_TIME, List.of());
    }

    private static SoakMeasurement soak(
            List<Tally> strikes,
            List<SoakGrowth> growths,
            @Nullable String unrecovered,
            long diskKibibytes,
            Punctuality punctuality,
            List<String> violations) {
        return new SoakMeasurement(
                1_000, 99, 1, strikes, 0, 10, growths, unrecovered, diskKibibytes, 200, punctuality, 99, violations);
    }
}
