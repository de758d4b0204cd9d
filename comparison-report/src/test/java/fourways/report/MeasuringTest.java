package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.report.FaultCell.Moment;
import fourways.report.FaultMeasurement.Incident;
import fourways.report.FaultMeasurement.Link;
import fourways.report.FaultMeasurement.Sighting;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Outcome.Accepted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Four shards, of which 1 is the victim; 100 buckets of 50 ms with two requests each; the fault strikes after 2 s, in bucket 40. */
final class MeasuringTest {

    private static final int SHARDS = 4;
    private static final int BUCKETS = 100;
    private static final int VICTIM = 1;
    private static final long FAULT_AT_MILLIS = 2_010;

    /** The bucket of the fault and the one before it: what is in flight when the fault strikes was sent before. */
    private static final int BUCKETS_COUNTED = 61;

    /** All that is observed from the fault on. */
    private Duration window = Duration.ofSeconds(3);

    private List<Integer> victims = List.of(VICTIM);

    private final Observation observation = new Observation(SHARDS, BUCKETS);
    private final List<Sighting> sightings = new ArrayList<>();

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
    void momentsTellTheStoryInOrder() {
        fill(List.of(0, VICTIM), 41, 51);
        sightings.add(new Sighting(ChainStep.DETECTED, 2_060, false, "watchdog noticed"));

        List<Moment> moments = measure(new Moment("started again", 2_400)).moments();

        assertEquals(
                List.of(
                        new Moment("kill injected", FAULT_AT_MILLIS),
                        new Moment("first request to the victim not ok", 2_050),
                        new Moment("watchdog noticed", 2_060),
                        new Moment("started again", 2_400),
                        new Moment("victim steady again", 2_550),
                        new Moment("all neighbours steady again", 2_550)),
                moments);
    }

    /** First ok is the first lucky success at 2.2 s, which is no recovery; steady is the end of the last outage, the neighbour's. */
    @Test
    void chainHasEachLinkWithItsTime() {
        fill(List.of(VICTIM, 2), List.of(41, 42, 43, 45, 46, 47, 48, 49, 50));
        sightings.add(new Sighting(ChainStep.KILLED, 2_090, false, "gone"));
        sightings.add(new Sighting(ChainStep.DETECTED, 2_080, false, "noticed"));
        sightings.add(new Sighting(ChainStep.DETECTED, 2_300, false, "noticed again"));
        sightings.add(new Sighting(ChainStep.REPLACEMENT_UP, 1_000, false, "long before"));
        sightings.add(new Sighting(ChainStep.REPLACEMENT_UP, 2_190, false, "another"));

        List<Link> chain = measure().chain();

        assertEquals(
                List.of(
                        new Link("injected", FAULT_AT_MILLIS, false),
                        new Link("detected", 2_080L, false),
                        new Link("killed", 2_090L, false),
                        new Link("replacement up", 2_190L, false),
                        new Link("journal replayed", null, false),
                        new Link("first ok", 2_200L, false),
                        new Link("steady", 2_550L, false)),
                chain);
    }

    @Test
    void whatServesAfterARestartFromOutsideOwesItToThat() {
        fill(List.of(VICTIM), 41, 51);
        sightings.add(new Sighting(ChainStep.REPLACEMENT_UP, 2_500, true, "started again"));

        FaultMeasurement measurement = measure();

        assertEquals(new Link("replacement up", 2_500L, true), link(measurement, ChainStep.REPLACEMENT_UP));
        assertEquals(new Link("first ok", 2_550L, true), link(measurement, ChainStep.FIRST_OK));
        assertEquals(new Link("steady", 2_550L, true), link(measurement, ChainStep.STEADY));
    }

    /** Sent at 2.3 s, when all is well again, and answered only at 2.42 s. */
    @Test
    void nobodyIsSteadyBeforeTheFirstAnswerIsThere() {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            if (bucket >= 41 && bucket < 46) {
                observation.add(VICTIM, bucket, false);
            } else {
                observation.add(VICTIM, answered(bucket * 50_000L, bucket == 46 || bucket == 47 ? 120_000 : 500_000));
            }
        }

        FaultMeasurement measurement = measure();

        assertEquals(2_300, measurement.victims().getFirst().outage().endedAtMillis());
        assertEquals(2_420L, link(measurement, ChainStep.FIRST_OK).atMillis());
        assertEquals(2_420L, link(measurement, ChainStep.STEADY).atMillis());
    }

    @Test
    void whoStaysOutIsNeverSteady() {
        fill(List.of(VICTIM), 41, 51);
        for (int bucket = 51; bucket < BUCKETS; bucket++) {
            observation.add(3, bucket, false);
        }

        FaultMeasurement measurement = measure();

        assertNull(link(measurement, ChainStep.STEADY).atMillis());
        assertEquals(2_550L, link(measurement, ChainStep.FIRST_OK).atMillis());
    }

    /** Bad once in each second, to the end: many a request is served, and still the shard does not recover. */
    @Test
    void flappingNeighbourIsNeverSteady() {
        fill(List.of(2), List.of(45, 60, 75, 90));

        FaultMeasurement measurement = measure();

        assertEquals(
                new Outage(2_750, false, 2_250, -1), measurement.shards().get(2).outage());
        assertNull(link(measurement, ChainStep.STEADY).atMillis());
        assertEquals(
                List.of("kill injected"),
                measurement.moments().stream().map(Moment::what).toList());
    }

    /** The first ends at 2.35 s; the second, after more than a second of good service, at 3.7 s. */
    @Test
    void twoOutagesAreSteadyAfterTheSecond() {
        fill(List.of(VICTIM), List.of(42, 43, 44, 45, 46, 70, 71, 72, 73));

        FaultMeasurement measurement = measure();

        assertEquals(
                new Outage(450, true, 2_100, 3_700),
                measurement.victims().getFirst().outage());
        assertEquals(2_350L, link(measurement, ChainStep.FIRST_OK).atMillis());
        assertNull(link(measurement, ChainStep.DETECTED).atMillis());
        assertEquals(3_700L, link(measurement, ChainStep.STEADY).atMillis());
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

    /** Two requests a shard and bucket, all ok but those of some shards from one bucket up to, not including, another. */
    private void fill(List<Integer> badShards, int fromBucket, int toBucket) {
        List<Integer> badBuckets = new ArrayList<>();
        for (int bucket = fromBucket; bucket < toBucket; bucket++) {
            badBuckets.add(bucket);
        }
        fill(badShards, badBuckets);
    }

    private void fill(List<Integer> badShards, List<Integer> badBuckets) {
        for (int shard = 0; shard < SHARDS; shard++) {
            for (int bucket = 0; bucket < BUCKETS; bucket++) {
                boolean ok = !(badShards.contains(shard) && badBuckets.contains(bucket));
                observation.add(shard, bucket, ok);
                observation.add(shard, bucket, ok);
            }
        }
    }

    private static ObservedRequest answered(long intendedMicros, long latencyMicros) {
        return new ObservedRequest(
                new ReadBalance(1, 1),
                intendedMicros,
                intendedMicros,
                intendedMicros + latencyMicros,
                new Accepted(0),
                true);
    }

    private static List<Integer> affected(FaultMeasurement measurement) {
        return measurement.shards().stream()
                .filter(ShardMeasurement::affected)
                .map(ShardMeasurement::shard)
                .toList();
    }

    private static Link link(FaultMeasurement measurement, ChainStep step) {
        return measurement.chain().stream()
                .filter(link -> link.step().equals(step.words()))
                .findFirst()
                .orElseThrow();
    }

    private FaultMeasurement measure(Moment... later) {
        List<Moment> moments = new ArrayList<>(List.of(new Moment("kill injected", FAULT_AT_MILLIS)));
        moments.addAll(List.of(later));
        Incident incident = new Incident(
                victims, FAULT_AT_MILLIS, window, true, "proof", 0, sightings, Reach.UNKNOWN, null, moments);
        return Measuring.of(observation, incident, new Punctuality(0, 0), Audit.NOTHING);
    }
}
