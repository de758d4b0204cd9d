package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.report.FaultCell.Moment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who was served while a fault was at work. */
final class MeasuringTest extends MeasuringFixture {

    /** The bucket of the fault and the one before it: what is in flight when the fault strikes was sent before. */
    private static final int BUCKETS_COUNTED = 61;

    @Test
    void noFaultLeavesEverybodyWell() {
        fill(List.of(), 0, 0);

        FaultMeasurement measurement = measure();

        assertEquals(1, measurement.victimAvailability());
        assertEquals(1, measurement.neighbourAvailability());
        assertEquals(1, measurement.crossShardAvailability());
        assertEquals(List.of(), affected(measurement));
        measurement.shards().forEach(shard -> assertEquals(Outage.NONE, shard.outage()));
        assertEquals(List.of(new Moment("kill injected", FAULT_AT_MILLIS)), measurement.moments());
        assertNull(link(measurement, ChainStep.FIRST_OK).atMillis());
        assertNull(link(measurement, ChainStep.STEADY).atMillis());
    }

    @Test
    void victimAndNeighboursAreCountedApart() {
        fill(List.of(VICTIM), 41, 51);

        FaultMeasurement measurement = measure();

        assertEquals(1 - 10.0 / BUCKETS_COUNTED, measurement.victimAvailability(), 1e-9);
        assertEquals(1, measurement.neighbourAvailability());
        assertEquals(
                new Outage(500, true, 2_050, 2_550),
                measurement.victims().getFirst().outage());
        assertEquals(List.of(VICTIM), affected(measurement));
    }

    @Test
    void severalVictimsAreNobodysNeighbours() {
        victims = List.of(3, VICTIM);
        fill(List.of(VICTIM), 41, 51);

        FaultMeasurement measurement = measure();

        assertEquals(List.of(VICTIM, 3), measurement.victimShards());
        assertEquals(2, measurement.neighbours().size());
        assertEquals(1 - 10.0 / BUCKETS_COUNTED / 2, measurement.victimAvailability(), 1e-9);
        assertEquals(1, measurement.neighbourAvailability());
        assertEquals(4, measurement.timeline().victimSent().get(45));
        assertEquals(2, measurement.timeline().victimOk().get(45));
        assertEquals(4, measurement.timeline().neighboursSent().get(45));
    }

    /** Bad are 19 buckets, of which 9 are in the window; with the one before the fault's and the fault's own it has 11. */
    @Test
    void availabilityIsOfTheWindowButAnOutageIsFollowedToItsEnd() {
        window = Duration.ofMillis(500);
        fill(List.of(VICTIM), 41, 60);

        FaultMeasurement measurement = measure();

        assertEquals(1 - 9.0 / 11, measurement.victimAvailability(), 1e-9);
        assertEquals(
                new Outage(950, true, 2_050, 3_000),
                measurement.victims().getFirst().outage());
    }

    @Test
    void oneNeighbourOnly() {
        fill(List.of(3), 41, 51);

        FaultMeasurement measurement = measure();

        assertEquals(1, measurement.victimAvailability());
        assertEquals(List.of(3), affected(measurement));
        assertEquals(1 - 10.0 / BUCKETS_COUNTED / 3, measurement.neighbourAvailability(), 1e-9);
        assertEquals(
                List.of(Outage.NONE, Outage.NONE, new Outage(500, true, 2_050, 2_550)),
                measurement.neighbours().stream().map(ShardMeasurement::outage).toList());
        assertEquals(1 - 10.0 / BUCKETS_COUNTED, measurement.shards().get(3).availability(), 1e-9);
    }

    @Test
    void requestInFlightWhenTheFaultStrikesCounts() {
        fill(List.of(VICTIM), 39, 40);

        FaultMeasurement measurement = measure();

        assertNull(measurement.disturbance());
        assertEquals(50, measurement.victims().getFirst().outage().millis());
        assertEquals(0, measurement.notOkBefore());
    }

    @Test
    void whatIsNotOkBeforeTheFaultIsCountedAsThat() {
        fill(List.of(2), 38, 39);
        observation.addCrossing(7, false);

        FaultMeasurement measurement = measure();

        assertEquals(3, measurement.notOkBefore());
        assertEquals("not steady before the fault: 3 requests were not ok", measurement.disturbance());
        assertEquals(List.of(), affected(measurement));
    }

    @Test
    void transfersBetweenShardsBlameNobody() {
        fill(List.of(), 0, 0);
        observation.addCrossing(50, false);
        observation.addCrossing(50, true);

        FaultMeasurement measurement = measure();

        assertEquals(0.5, measurement.crossShardAvailability());
        assertEquals(1, measurement.neighbourAvailability());
        assertEquals(List.of(), affected(measurement));
    }

    /** Everything is ok, and in the window shard 2 takes 300 ms for it and all others 1 ms; before and after it is the other way round. */
    @Test
    void slowButOkIsNoOutageAndHasItsPercentile() {
        window = Duration.ofSeconds(2);
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            for (int shard = 0; shard < SHARDS; shard++) {
                boolean inWindow = bucket >= 39 && bucket < 80;
                long micros = inWindow == (shard == 2) ? 300_000 : 1_000;
                observation.add(shard, answered(bucket * 50_000L, micros));
            }
        }

        FaultMeasurement measurement = measure();

        assertEquals(List.of(), affected(measurement));
        assertEquals(Outage.NONE, measurement.shards().get(2).outage());
        assertEquals(300_000L, measurement.shards().get(2).p99Micros());
        assertEquals(1_000L, measurement.shards().get(3).p99Micros());
    }

    @Test
    void timelineHoldsEveryRequest() {
        fill(List.of(VICTIM, 2), 41, 51);
        observation.add(2, 60, false);

        FaultCell.Timeline timeline = measure().timeline();

        assertEquals(BUCKETS, timeline.victimSent().size());
        assertEquals(2, timeline.victimSent().get(45));
        assertEquals(0, timeline.victimOk().get(45));
        assertEquals(6, timeline.neighboursSent().get(45));
        assertEquals(4, timeline.neighboursOk().get(45));
        assertEquals(6, timeline.neighboursOk().get(51));
        assertTrue(timeline.faultAtMillis() == FAULT_AT_MILLIS && timeline.bucketMillis() == 50);
        assertEquals("9".repeat(BUCKETS), timeline.lanes().getFirst());
        assertEquals(
                "9".repeat(41) + "0".repeat(10) + "9".repeat(49),
                timeline.lanes().get(VICTIM));
        assertEquals(
                "9".repeat(41) + "0".repeat(10) + "9".repeat(9) + "6" + "9".repeat(39),
                timeline.lanes().get(2));
    }

    @Test
    void laneTellsNoneAllAndNothingSentApartFromNearlyAll() {
        for (int ok = 0; ok <= 100; ok += 1) {
            for (int request = 0; ok > 0 && request < 100; request++) {
                observation.add(0, ok - 1, request < ok);
            }
        }

        String lane = observation.lane(0);

        assertEquals("1", lane.substring(0, 1));
        assertEquals("8", lane.substring(98, 99));
        assertEquals("9", lane.substring(99));
        assertEquals(".".repeat(BUCKETS), observation.lane(1));
    }
}
