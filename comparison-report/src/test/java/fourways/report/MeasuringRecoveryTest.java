package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import fourways.report.FaultCell.Moment;
import fourways.report.FaultMeasurement.Link;
import fourways.report.FaultMeasurement.Sighting;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What became of a fault, step by step, and when. */
final class MeasuringRecoveryTest extends MeasuringFixture {

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
}
