package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.report.FaultCell.Control;
import fourways.report.FaultCell.Link;
import fourways.report.FaultCell.Neighbours;
import fourways.report.FaultCell.Timeline;
import fourways.report.FaultCell.Victim;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Cells of four shards, of which 0 and 1 are victims and 2 and 3 their neighbours. */
final class FaultCellsTest {

    private static final Contender A = new Contender(new UnopenedArchitecture("a"), "plain");
    private static final long FAULT_AT_MILLIS = 1_000;

    /** Shard 2 is not well without a fault either, so of the two that are affected one is the fault's doing. */
    @Test
    void blastRadiusIsNetOfTheControl() {
        FaultCell cell = cell(
                List.of(trial(well(0), well(1), out(2, 400), out(3, 700))),
                List.of(trial(well(0), well(1), out(2, 100), well(3))));

        Neighbours neighbours = Objects.requireNonNull(cell.neighbours());
        assertEquals(2, neighbours.shards());
        assertEquals(Figure.of(1), neighbours.affectedShards());
        assertEquals(Figure.of(0.5), neighbours.blastRadius());
        assertEquals(1, Objects.requireNonNull(cell.control()).affectedShards());
        assertEquals("proof", cell.fired());
    }

    @Test
    void outagesAreNetOfTheControl() {
        FaultCell cell = cell(
                List.of(trial(out(0, 300), well(1), out(2, 400), out(3, 700))),
                List.of(trial(out(0, 500), well(1), out(2, 100), well(3))));

        assertEquals(Figure.of(0), Objects.requireNonNull(cell.victim()).outageMillis());
        Neighbours neighbours = Objects.requireNonNull(cell.neighbours());
        assertEquals(Figure.of(500), neighbours.medianOutageMillis());
        assertEquals(Figure.of(700), neighbours.worstOutageMillis());
    }

    /** The neighbours have 0.9 and 0.7, and without a fault 0.96 and 1: of 20 % lost, 2 % are lost anyway. */
    @Test
    void availabilityIsNetOfTheControl() {
        FaultCell cell = cell(
                List.of(trial(well(0), well(1), available(2, 0.9), available(3, 0.7))),
                List.of(trial(available(0, 0.5), well(1), available(2, 0.96), well(3))));

        assertEquals(
                0.82, Objects.requireNonNull(cell.neighbours()).availability().median(), 1e-9);
        assertEquals(Figure.of(1), Objects.requireNonNull(cell.victim()).availability());
        Control control = Objects.requireNonNull(cell.control());
        assertEquals(0.98, control.neighbourAvailability(), 1e-9);
        assertEquals(0.75, control.victimAvailability(), 1e-9);
    }

    /** Above 5 x 30 ms is shard 2, and only just; shard 3 was slow before. */
    @Test
    void slowedIsWhoIsSlowerThanFiveTimesTheControl() {
        List<FaultMeasurement> controls = List.of(trial(well(0), well(1), slow(2, 30_000L), slow(3, 90_000L)));

        Neighbours slowed = neighbours(trial(well(0), well(1), slow(2, 150_001L), slow(3, 400_000L)), controls);
        Neighbours notSlowed = neighbours(trial(well(0), well(1), slow(2, 150_000L), slow(3, 400_000L)), controls);

        assertEquals(Figure.of(1), slowed.slowedShards());
        assertEquals(Figure.of(0.5), slowed.slowedShare());
        assertEquals(Figure.of(0), slowed.affectedShards());
        assertEquals(Figure.of(0), notSlowed.slowedShards());
    }

    @Test
    void whatIsStillQuickIsNotSlowedHoweverQuickTheControl() {
        List<FaultMeasurement> controls = List.of(trial(well(0), well(1), slow(2, 200L), slow(3, 200L)));

        Neighbours neighbours = neighbours(
                trial(well(0), well(1), slow(2, Slowness.FLOOR_MICROS), slow(3, Slowness.FLOOR_MICROS + 1)), controls);

        assertEquals(Figure.of(1), neighbours.slowedShards());
    }

    @Test
    void withoutLatenciesToCompareNobodyIsSlowed() {
        FaultMeasurement fault = trial(well(0), well(1), slow(2, 900_000L), slow(3, null));

        assertNull(neighbours(fault, List.of()).slowedShards());
        assertEquals(
                Figure.of(0),
                neighbours(fault, List.of(trial(well(0), well(1), slow(2, null), slow(3, 1_000L))))
                        .slowedShards());
    }

    @Test
    void ofSeveralControlsTheWorstCounts() {
        List<FaultMeasurement> controls = List.of(
                trial(well(0), well(1), slow(2, 30_000L), out(3, 200)),
                trial(well(0), well(1), slow(2, 50_000L), well(3)));

        Neighbours neighbours = neighbours(trial(well(0), well(1), slow(2, 200_000L), out(3, 300)), controls);

        assertEquals(Figure.of(0), neighbours.slowedShards());
        assertEquals(Figure.of(0), neighbours.affectedShards());
        assertEquals(Figure.of(100), neighbours.worstOutageMillis());
    }

    /** Of the 30 % that are lost, the worse control has 20 as well. */
    @Test
    void availabilityIsNetOfTheWorstControl() {
        FaultCell cell = cell(
                List.of(trial(available(0, 0.7), available(1, 0.7), well(2), well(3))),
                List.of(
                        trial(available(0, 0.8), available(1, 0.8), well(2), well(3)),
                        trial(available(0, 0.9), available(1, 0.9), well(2), well(3))));

        assertEquals(0.9, Objects.requireNonNull(cell.victim()).availability().median(), 1e-9);
        assertEquals(0.8, Objects.requireNonNull(cell.control()).victimAvailability(), 1e-9);
    }

    @Test
    void severalVictimsAreOneVictimAndNoNeighbours() {
        FaultCell cell = cell(List.of(trial(out(0, 300), out(1, 900), well(2), well(3))), List.of());

        assertEquals(List.of(0, 1), cell.victimShards());
        Victim victim = Objects.requireNonNull(cell.victim());
        assertEquals(2, victim.shards());
        assertEquals(Figure.of(900), victim.outageMillis());
        assertEquals(Figure.of(0), Objects.requireNonNull(cell.neighbours()).affectedShards());
        assertNull(cell.control());
    }

    @Test
    void oneVictimThatStaysOutIsEnoughNotToBeRecovered() {
        ShardMeasurement lost = new ShardMeasurement(1, true, 0.1, new Outage(3_000, false, 1_000, -1), true, null);

        FaultCell cell = cell(List.of(trial(well(0), lost, well(2), well(3))), List.of());

        assertFalse(Objects.requireNonNull(cell.victim()).recovered());
        assertTrue(Objects.requireNonNull(cell.neighbours()).recovered());
    }

    @Test
    void repeatsAreToldWithTheirSpread() {
        FaultCell cell = cell(
                List.of(
                        trial(out(0, 300), well(1), out(2, 100), well(3)),
                        trial(out(0, 500), well(1), well(2), well(3)),
                        trial(out(0, 400), well(1), out(2, 200), out(3, 100))),
                List.of());

        assertEquals(
                Figure.of(300, 500, 400), Objects.requireNonNull(cell.victim()).outageMillis());
        assertEquals(
                Figure.of(1, 0, 2), Objects.requireNonNull(cell.neighbours()).affectedShards());
    }

    /** From the fault on, and over those trials that saw it. */
    @Test
    void linksOfTheChainAreToldOverAllRepeats() {
        FaultMeasurement.Link unseen = new FaultMeasurement.Link("detected", null, false);

        FaultCell cell = cell(
                List.of(
                        trial(List.of(new FaultMeasurement.Link("detected", 1_100L, false)), well(2)),
                        trial(List.of(unseen), well(2)),
                        trial(List.of(new FaultMeasurement.Link("detected", 1_300L, true)), well(2))),
                List.of());

        assertEquals(ChainStep.values().length, cell.chain().size());
        assertTrue(cell.chain().contains(new Link("detected", Figure.of(100, 300), true)), cell.chain()::toString);
        assertTrue(cell.chain().contains(new Link("killed", null, false)), cell.chain()::toString);
    }

    private static Neighbours neighbours(FaultMeasurement fault, List<FaultMeasurement> controls) {
        Neighbours neighbours = cell(List.of(fault), controls).neighbours();
        assertNotNull(neighbours);
        return neighbours;
    }

    private static FaultCell cell(List<FaultMeasurement> faults, List<FaultMeasurement> controls) {
        return FaultCells.of(new FaultCells.Key(A, "kill"), done(faults), done(controls));
    }

    private static List<Done> done(List<FaultMeasurement> trials) {
        Results.Trial valid = new Results.Trial(1, "any", "a", "plain", "any", "file", Status.VALID, null, 1);
        return trials.stream()
                .map(trial -> new Done(
                        new TrialSpec.Observed(A, "kill", 0, Effort.SMOKE),
                        new TrialRecord(1, 1, valid, null, null, trial, null)))
                .toList();
    }

    private static ShardMeasurement well(int shard) {
        return available(shard, 1);
    }

    private static ShardMeasurement available(int shard, double availability) {
        return new ShardMeasurement(shard, shard < 2, availability, Outage.NONE, availability < 1, null);
    }

    private static ShardMeasurement out(int shard, long millis) {
        Outage outage = new Outage(millis, true, FAULT_AT_MILLIS, FAULT_AT_MILLIS + millis);
        return new ShardMeasurement(shard, shard < 2, 1, outage, true, null);
    }

    private static ShardMeasurement slow(int shard, @Nullable Long p99Micros) {
        return new ShardMeasurement(shard, shard < 2, 1, Outage.NONE, false, p99Micros);
    }

    private static FaultMeasurement trial(ShardMeasurement... shards) {
        return trial(List.of(), shards);
    }

    private static FaultMeasurement trial(List<FaultMeasurement.Link> chain, ShardMeasurement... shards) {
        return new FaultMeasurement(
                IntStream.range(0, 2).boxed().toList(),
                "proof",
                List.of(shards),
                average(true, shards),
                average(false, shards),
                1,
                0,
                0,
                new Punctuality(0, 0),
                9,
                List.of(),
                Writes.NONE,
                null,
                chain,
                Reach.UNKNOWN,
                List.of(),
                new Timeline(50, FAULT_AT_MILLIS, List.of(), List.of(), List.of(), List.of(), List.of()));
    }

    private static double average(boolean victims, ShardMeasurement... shards) {
        return List.of(shards).stream()
                .filter(shard -> shard.victim() == victims)
                .mapToDouble(ShardMeasurement::availability)
                .average()
                .orElse(1);
    }
}
