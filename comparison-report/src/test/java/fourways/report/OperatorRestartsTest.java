package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.report.FaultCell.Timeline;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OperatorRestartsTest {

    private static final Contender A = new Contender(new UnopenedArchitecture("a"), "plain");

    @Test
    void areCountedOverAllTrialsWithEachReasonOnce() {
        OperatorRestarts restarts = cell("silent", null, "silent", "altered").operatorRestarts();

        assertEquals(new OperatorRestarts(3, 4, List.of("silent", "altered")), restarts);
        assertEquals("Restarted by an operator in the end, in 3 of 4 trials", restarts.inWords());
        assertEquals("Restarted by an operator in the end, in 3 of 4 trials: silent; altered", restarts.withReasons());
    }

    @Test
    void oneTrialIsNotCounted() {
        assertEquals(
                "Restarted by an operator in the end: silent",
                cell("silent").operatorRestarts().withReasons());
    }

    @Test
    void pageSummaryAndStoryTellOfThem() {
        Results results = SampleResults.withFaults(List.of(cell(null, "silent")));
        String words = "Restarted by an operator in the end, in 1 of 2 trials";

        assertTrue(Page.render(results).contains("<p>" + words + ": silent.</p>"));
        assertTrue(Summary.render(results).contains(". " + words + " |"), Summary.render(results));
        assertTrue(Story.outcome(results).contains("  afterwards  " + words + ": silent"));
    }

    @Test
    void nothingIsToldWhereThereWasNone() {
        Results results = SampleResults.withFaults(List.of(cell((String) null)));

        assertFalse(Page.render(results).contains("<p>Restarted by an operator"));
        assertFalse(Summary.render(results).contains("operator"));
        assertTrue(Story.outcome(results).stream().noneMatch(line -> line.contains("afterwards")));
    }

    private static FaultCell cell(@Nullable String... operatorRestarts) {
        Results.Trial valid = new Results.Trial(1, "any", "a", "plain", "any", "file", Status.VALID, null, 1);
        List<Done> trials = Stream.of(operatorRestarts)
                .map(why -> new Done(
                        new TrialSpec.Observed(A, "kill", 0, Effort.SMOKE),
                        new TrialRecord(1, 1, valid, null, null, measurement(why), null)))
                .toList();
        return FaultCells.of(new FaultCells.Key(A, "kill"), trials, List.of());
    }

    private static FaultMeasurement measurement(@Nullable String operatorRestart) {
        return new FaultMeasurement(
                List.of(1),
                "proof",
                List.of(new ShardMeasurement(1, true, 1, Outage.NONE, false, null)),
                1,
                1,
                1,
                0,
                0,
                new Punctuality(0, 0),
                9,
                List.of(),
                Writes.NONE,
                operatorRestart,
                List.of(),
                Reach.UNKNOWN,
                List.of(),
                new Timeline(50, 0, List.of(), List.of(), List.of(), List.of(), List.of()));
    }
}
