package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.report.FaultCell.Moment;
import fourways.report.FaultMeasurement.Incident;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Four shards, of which 1 is the victim; 100 buckets of 50 ms with two requests each; the fault strikes after 2 s, in bucket 40. */
final class FaultMeasurementTest {

    private static final int SHARDS = 4;
    private static final int BUCKETS = 100;
    private static final int VICTIM = 1;
    private static final long FAULT_AT_MILLIS = 2_010;

    /** The bucket of the fault and the one before it: what is in flight when the fault strikes was sent before. */
    private static final int BUCKETS_COUNTED = 61;

    /** All that is observed from the fault on. */
    private Duration window = Duration.ofSeconds(3);

    private final Observation observation = new Observation(SHARDS, BUCKETS);

    @Test
    void noFaultLeavesEverybodyWell() {
        fill(List.of(), 0, 0);

        FaultMeasurement measurement = measure();

        assertEquals(1, measurement.victimAvailability());
        assertEquals(1, measurement.neighbourAvailability());
        assertEquals(1, measurement.crossShardAvailability());
        assertEquals(Outage.NONE, measurement.victimOutage());
        assertEquals(List.of(), measurement.affectedNeighbours());
        assertEquals(List.of(new Moment("kill injected", FAULT_AT_MILLIS)), measurement.moments());
    }

    @Test
    void victimAndNeighboursAreCountedApart() {
        fill(List.of(VICTIM), 41, 51);

        FaultMeasurement measurement = measure();

        assertEquals(1 - 10.0 / BUCKETS_COUNTED, measurement.victimAvailability(), 1e-9);
        assertEquals(1, measurement.neighbourAvailability());
        assertEquals(new Outage(500, true, 2_050, 2_550), measurement.victimOutage());
        assertEquals(List.of(), measurement.affectedNeighbours());
    }

    /** Bad are 19 buckets, of which 9 are in the window; with the one before the fault's and the fault's own it has 11. */
    @Test
    void availabilityIsOfTheWindowButAnOutageIsFollowedToItsEnd() {
        window = Duration.ofMillis(500);
        fill(List.of(VICTIM), 41, 60);

        FaultMeasurement measurement = measure();

        assertEquals(1 - 9.0 / 11, measurement.victimAvailability(), 1e-9);
        assertEquals(new Outage(950, true, 2_050, 3_000), measurement.victimOutage());
    }

    @Test
    void oneNeighbourOnly() {
        fill(List.of(3), 41, 51);

        FaultMeasurement measurement = measure();

        assertEquals(1, measurement.victimAvailability());
        assertEquals(Outage.NONE, measurement.victimOutage());
        assertEquals(List.of(3), measurement.affectedNeighbours());
        assertEquals(1 - 10.0 / BUCKETS_COUNTED / 3, measurement.neighbourAvailability(), 1e-9);
        assertEquals(
                List.of(Outage.NONE, Outage.NONE, new Outage(500, true, 2_050, 2_550)), measurement.neighbourOutages());
    }

    @Test
    void requestInFlightWhenTheFaultStrikesCounts() {
        fill(List.of(VICTIM), 39, 40);

        FaultMeasurement measurement = measure();

        assertNull(measurement.disturbance());
        assertEquals(50, measurement.victimOutage().millis());
        assertEquals(0, measurement.notOkBefore());
    }

    @Test
    void whatIsNotOkBeforeTheFaultIsCountedAsThat() {
        fill(List.of(2), 38, 39);
        observation.addCrossing(7, false);

        FaultMeasurement measurement = measure();

        assertEquals(3, measurement.notOkBefore());
        assertEquals("not steady before the fault: 3 requests were not ok", measurement.disturbance());
        assertEquals(List.of(), measurement.affectedNeighbours());
    }

    @Test
    void transfersBetweenShardsBlameNobody() {
        fill(List.of(), 0, 0);
        observation.addCrossing(50, false);
        observation.addCrossing(50, true);

        FaultMeasurement measurement = measure();

        assertEquals(0.5, measurement.crossShardAvailability());
        assertEquals(1, measurement.neighbourAvailability());
        assertEquals(List.of(), measurement.affectedNeighbours());
    }

    @Test
    void momentsTellTheStoryInOrder() {
        fill(List.of(0, VICTIM), 41, 51);

        List<Moment> moments = measure(new Moment("started again", 2_400)).moments();

        assertEquals(
                List.of(
                        new Moment("kill injected", FAULT_AT_MILLIS),
                        new Moment("first request to the victim not ok", 2_050),
                        new Moment("started again", 2_400),
                        new Moment("victim steady again", 2_550),
                        new Moment("all neighbours steady again", 2_550)),
                moments);
    }

    @Test
    void timelineHoldsEveryRequest() {
        fill(List.of(VICTIM, 2), 41, 51);

        FaultCell.Timeline timeline = measure().timeline();

        assertEquals(BUCKETS, timeline.victimSent().size());
        assertEquals(2, timeline.victimSent().get(45));
        assertEquals(0, timeline.victimOk().get(45));
        assertEquals(6, timeline.neighboursSent().get(45));
        assertEquals(4, timeline.neighboursOk().get(45));
        assertEquals(6, timeline.neighboursOk().get(51));
        assertTrue(timeline.faultAtMillis() == FAULT_AT_MILLIS && timeline.bucketMillis() == 50);
    }

    /** Two requests a shard and bucket, all ok but those of some shards from one bucket up to, not including, another. */
    private void fill(List<Integer> badShards, int fromBucket, int toBucket) {
        for (int shard = 0; shard < SHARDS; shard++) {
            for (int bucket = 0; bucket < BUCKETS; bucket++) {
                boolean ok = !(badShards.contains(shard) && bucket >= fromBucket && bucket < toBucket);
                observation.add(shard, bucket, ok);
                observation.add(shard, bucket, ok);
            }
        }
    }

    private FaultMeasurement measure(Moment... later) {
        List<Moment> moments = new ArrayList<>(List.of(new Moment("kill injected", FAULT_AT_MILLIS)));
        moments.addAll(List.of(later));
        Incident incident = new Incident(VICTIM, FAULT_AT_MILLIS, window, "proof", 0, moments);
        return FaultMeasurement.of(observation, incident, new Punctuality(0, 0), Audit.NOTHING);
    }
}
