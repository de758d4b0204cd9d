package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PredictionTest {

    private static final MeasuredCell CELL = MeasuredCell.of("fault", "architecture", "plain");

    @Test
    void blastIsNoneOnlyIfNoRepeatReachedAnybody() {
        assertEquals(Blast.NONE, Blast.measured(CELL.affected(0, 0, 0).cell()));
        assertEquals(Blast.SHARE, Blast.measured(CELL.affected(0, 0, 15).cell()));
        assertEquals(Blast.SHARE, Blast.measured(CELL.slowed(0, 0, 15).cell()));
    }

    /** One of four owners holds 16 of 64 shards, one of which is the victim. */
    @Test
    void shareEndsAtAQuarter() {
        assertEquals(Blast.SHARE, Blast.measured(CELL.affected(1).cell()));
        assertEquals(Blast.SHARE, Blast.measured(CELL.affected(15).cell()));
        assertEquals(Blast.ALL, Blast.measured(CELL.affected(16).cell()));
        assertEquals(Blast.ALL, Blast.measured(CELL.affected(63).cell()));
    }

    @Test
    void widestOfThreeWaysToBeReachedCounts() {
        assertEquals(Blast.ALL, Blast.measured(CELL.affected(15).slowed(63).cell()));
        assertEquals(Blast.ALL, Blast.measured(CELL.affected(63).slowed(0).cell()));
        assertEquals(Blast.ALL, Blast.measured(CELL.altered(64).cell()));
        assertEquals(Blast.SHARE, Blast.measured(CELL.altered(10).cell()));
    }

    @Test
    void victimsOwnMemoryIsNoNeighbours() {
        assertEquals(Blast.NONE, Blast.measured(CELL.altered(0).cell()));
    }

    @Test
    void recoverySaysWhoSawToIt() {
        assertEquals(Recovery.BY_ITSELF, Recovery.measured(CELL.cell()));
        assertEquals(
                Recovery.RESTARTED_FROM_OUTSIDE,
                Recovery.measured(CELL.restarted().cell()));
        assertEquals(Recovery.NOT_AT_ALL, Recovery.measured(CELL.notBack().cell()));
        assertEquals(
                Recovery.NOT_AT_ALL,
                Recovery.measured(CELL.restarted().notBack().cell()));
    }

    @Test
    void whatDoesNotCountIsNotMeasured() {
        for (Status status : List.of(Status.INVALID, Status.FAILED, Status.NOT_RUN, Status.NOT_APPLICABLE)) {
            FaultCell cell = CELL.status(status).cell();

            assertNull(Blast.measured(cell));
            assertNull(Recovery.measured(cell));
            assertNull(held(cell, Blast.NONE, Recovery.BY_ITSELF));
        }
    }

    @Test
    void predictionHoldsOnlyIfBothWordsDo() {
        for (Blast blast : Blast.values()) {
            for (Recovery recovery : Recovery.values()) {
                FaultCell cell = measured(blast, recovery);
                for (Blast expectedBlast : Blast.values()) {
                    for (Recovery expectedRecovery : Recovery.values()) {
                        assertEquals(
                                blast == expectedBlast && recovery == expectedRecovery,
                                held(cell, expectedBlast, expectedRecovery),
                                cell + " " + expectedBlast + " " + expectedRecovery);
                    }
                }
            }
        }
    }

    @Test
    void wordThatIsNotPredictedIsNotHeldAgainstAnything() {
        FaultCell cell = measured(Blast.SHARE, Recovery.NOT_AT_ALL);

        assertEquals(true, held(cell, Blast.SHARE, null));
        assertEquals(false, held(cell, Blast.NONE, null));
        assertEquals(true, held(cell, null, Recovery.NOT_AT_ALL));
        assertEquals(false, held(cell, null, Recovery.BY_ITSELF));
        assertNull(held(cell, null, null));
    }

    @Test
    void differenceNamesOnlyTheWordsThatAreNotTheSame() {
        FaultCell cell = measured(Blast.SHARE, Recovery.BY_ITSELF);

        assertEquals(
                "predicted not back while watched; measured back by itself",
                prediction(cell, Blast.SHARE, Recovery.NOT_AT_ALL).difference());
        assertEquals(
                "predicted no neighbour; measured at most a quarter of the neighbours",
                prediction(cell, Blast.NONE, Recovery.BY_ITSELF).difference());
        assertEquals(
                "predicted no neighbour; measured at most a quarter of the neighbours",
                prediction(cell, Blast.NONE, null).difference());
    }

    @Test
    void whatNobodyKnowsHasNoPrediction() {
        assertNotNull(
                Prediction.of(MeasuredCell.of("kill", "shared-threads", "plain").cell()));
        assertNull(Prediction.of(
                MeasuredCell.of("of-my-own", "shared-threads", "plain").cell()));
        assertNull(Prediction.of(MeasuredCell.of("kill", "fifth", "plain").cell()));
        assertNull(Prediction.of(
                MeasuredCell.of("busy-loop", "event-loop", "unheard-of").cell()));
    }

    @Test
    void everyExpectationNamesASourceAndSaysItOnce() {
        Expectations known = Expectations.known();

        known.expectations().forEach((fault, expectations) -> {
            for (Expectation expectation : expectations) {
                assertFalse(known.source(expectation).title().isBlank(), fault);
                assertFalse(expectation.prediction().isBlank(), fault);
                for (String variant : Objects.requireNonNullElse(expectation.variants(), List.of("any"))) {
                    assertEquals(
                            1,
                            expectations.stream()
                                    .filter(other -> other.isOf(expectation.architecture(), variant))
                                    .count(),
                            fault + " " + expectation.architecture() + " " + variant);
                }
            }
        });
        List<String> named = known.expectations().values().stream()
                .flatMap(List::stream)
                .map(Expectation::source)
                .toList();
        assertTrue(named.containsAll(known.sources().keySet()), "a source that nobody names");
    }

    private static FaultCell measured(Blast blast, Recovery recovery) {
        MeasuredCell cell = switch (blast) {
            case NONE -> CELL;
            case SHARE -> CELL.affected(15);
            case ALL -> CELL.affected(63);
        };
        return switch (recovery) {
            case BY_ITSELF -> cell.cell();
            case RESTARTED_FROM_OUTSIDE -> cell.restarted().cell();
            case NOT_AT_ALL -> cell.notBack().cell();
        };
    }

    private static @Nullable Boolean held(FaultCell cell, @Nullable Blast blast, @Nullable Recovery recovery) {
        return prediction(cell, blast, recovery).held();
    }

    private static Prediction prediction(FaultCell cell, @Nullable Blast blast, @Nullable Recovery recovery) {
        Expectations expectations = new Expectations(
                Map.of("source", new Expectations.Source("somebody", null)),
                Map.of(
                        "fault",
                        List.of(new Expectation("architecture", null, blast, recovery, "A sentence.", "source"))));
        return Objects.requireNonNull(Prediction.of(cell, expectations), "there is an expectation");
    }
}
