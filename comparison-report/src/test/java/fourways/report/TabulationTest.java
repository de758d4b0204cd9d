package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import fourways.report.FaultCell.Timeline;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TabulationTest {

    private static final Contender A = new Contender(new UnopenedArchitecture("a"), "plain");
    private static final Contender B = new Contender(new UnopenedArchitecture("b"), "plain");

    @Test
    void trialsOfOneCellBecomeOneFigure() {
        List<ThroughputCell> cells =
                new Tabulation(List.of(driven(A, 100), driven(B, 1), driven(A, 102), driven(A, 101))).throughput();

        assertEquals(
                List.of("a", "b"),
                cells.stream().map(ThroughputCell::architecture).toList());
        assertEquals(Figure.of(100, 101, 102), cells.getFirst().requestsPerSecond());
        assertEquals(Status.VALID, cells.getFirst().status());
    }

    @Test
    void invalidTrialContributesItsReasonButNoFigure() {
        Done invalid = new Done(spec(A), record(Status.INVALID, "LOST 1", measured(1e9), null));
        Done failed = new Done(spec(A), record(Status.FAILED, "no JVM", null, null));

        ThroughputCell cell = new Tabulation(List.of(driven(A, 100), invalid, failed))
                .throughput()
                .getFirst();

        assertEquals(Figure.of(100), cell.requestsPerSecond());
        assertEquals(Status.FAILED, cell.status());
        assertEquals("LOST 1; no JVM", cell.reason());
    }

    @Test
    void cellWithoutAnyValidTrialHasNoFigures() {
        Done failed = new Done(spec(A), record(Status.FAILED, "no JVM", null, null));

        ThroughputCell cell = new Tabulation(List.of(failed)).throughput().getFirst();

        assertNull(cell.requestsPerSecond());
        assertNull(cell.rssMebibytes());
    }

    /** Of the turns of one trial the median counts, of the trials each. */
    @Test
    void trialsInTurnsBecomeOneRatio() {
        Pair floor = new Pair(A, A, true);

        PairCell cell = new Tabulation(List.of(
                        paired(floor, 50, 100, List.of(0.1, 0.5, 0.6)),
                        paired(floor, 80, 110, List.of(0.7, 0.8, 9.0)),
                        new Done(inTurns(floor), record(Status.INVALID, "silent"))))
                .floors()
                .getFirst();

        assertEquals(Figure.of(0.5, 0.8), cell.overYardstick());
        assertEquals(Figure.of(50, 80), cell.requestsPerSecond());
        assertEquals(Figure.of(100, 110), cell.yardstickRequestsPerSecond());
        assertEquals(Status.INVALID, cell.status());
        assertEquals("silent", cell.reason());
    }

    @Test
    void floorsAndHardeningAreDifferentTables() {
        Contender hardened = new Contender(A.provider(), "hardened");

        Tabulation tabulation = new Tabulation(List.of(
                paired(new Pair(hardened, A, false), 90, 100, List.of(0.9)),
                paired(new Pair(A, A, true), 50, 100, List.of(0.5)),
                driven(A, 7)));

        assertEquals(
                List.of("plain"),
                tabulation.floors().stream().map(PairCell::variant).toList());
        assertEquals(
                List.of("hardened"),
                tabulation.hardening().stream().map(PairCell::variant).toList());
        assertEquals(1, tabulation.throughput().size());
    }

    @Test
    void faultIsComparedWithTheControlsOfItsOwnVariant() {
        List<FaultCell> cells = new Tabulation(List.of(
                        observed(A, null, 0.5),
                        observed(B, null, 0.75),
                        observed(A, "kill", 0.5),
                        observed(B, "kill", 0.5)))
                .faults();

        assertEquals(
                List.of("a", "b"), cells.stream().map(FaultCell::architecture).toList());
        assertEquals(
                Figure.of(1), Objects.requireNonNull(cells.getFirst().victim()).availability());
        assertEquals(
                Figure.of(0.75),
                Objects.requireNonNull(cells.getLast().victim()).availability());
    }

    @Test
    void faultThatIsNotValidKeepsItsProofAndItsViolationsButHasNoFigures() {
        FaultMeasurement lost = measurement(1, List.of("LOST 1: id 7"));
        Done invalid = new Done(spec(A, "exit"), record(Status.INVALID, "LOST 1: id 7", null, lost));

        FaultCell cell = new Tabulation(List.of(invalid)).faults().getFirst();

        assertEquals(Status.INVALID, cell.status());
        assertEquals("proof", cell.fired());
        assertEquals(List.of("LOST 1: id 7"), cell.violations());
        assertEquals(new Writes(1, 0, 0), cell.writes());
        assertNull(cell.victim());
        assertNull(cell.timeline());
    }

    private static TrialSpec spec(Contender contender) {
        return new TrialSpec.Driven(contender, 64, Effort.SMOKE);
    }

    private static TrialSpec inTurns(Pair pair) {
        return new TrialSpec.InTurns(pair, 64, Effort.SMOKE);
    }

    private static TrialSpec spec(Contender contender, @Nullable String fault) {
        return new TrialSpec.Observed(contender, fault, 1, Effort.SMOKE);
    }

    private static Done driven(Contender contender, double requestsPerSecond) {
        return new Done(spec(contender), record(Status.VALID, null, measured(requestsPerSecond), null));
    }

    private static Done paired(Pair pair, double subject, double yardstick, List<Double> overYardstick) {
        PairMeasurement paired = new PairMeasurement(measured(subject), measured(yardstick), overYardstick);
        return new Done(inTurns(pair), new TrialRecord(1, 1, trial(Status.VALID, null), null, paired, null, null));
    }

    private static Done observed(Contender contender, @Nullable String fault, double victimAvailability) {
        FaultMeasurement measurement = measurement(victimAvailability, List.of());
        return new Done(spec(contender, fault), record(Status.VALID, null, null, measurement));
    }

    private static TrialRecord record(
            Status status, @Nullable String reason, @Nullable Measured measured, @Nullable FaultMeasurement observed) {
        return new TrialRecord(1, 1, trial(status, reason), measured, null, observed, null);
    }

    private static TrialRecord record(Status status, String reason) {
        return record(status, reason, null, null);
    }

    private static Results.Trial trial(Status status, @Nullable String reason) {
        return new Results.Trial(1, "kind", "any", "any", "any", "file", status, reason, 1);
    }

    private static Measured measured(double requestsPerSecond) {
        Results.Parity parity = new Results.Parity("any", "any", 1, 1, 4, 20, 1_024, List.of(), List.of());
        return new Measured(requestsPerSecond, 1, 1, 1, null, 1, List.of(), parity);
    }

    private static FaultMeasurement measurement(double victimAvailability, List<String> violations) {
        return new FaultMeasurement(
                List.of(1),
                "proof",
                List.of(new ShardMeasurement(1, true, victimAvailability, Outage.NONE, false, null)),
                victimAvailability,
                1,
                1,
                0,
                0,
                new Punctuality(0, 0),
                9,
                violations,
                new Writes(violations.size(), 0, 0),
                null,
                List.of(),
                Reach.UNKNOWN,
                List.of(),
                new Timeline(50, 0, List.of(), List.of(), List.of(), List.of(), List.of()));
    }
}
