package fourways.report;

import fourways.report.FaultCell.Moment;
import fourways.report.FaultMeasurement.Incident;
import fourways.report.FaultMeasurement.Link;
import fourways.report.FaultMeasurement.Sighting;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Outcome.Accepted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Four shards, of which 1 is the victim; 100 buckets of 50 ms with two requests each; the fault strikes after 2 s, in bucket 40. */
abstract class MeasuringFixture {

    static final int SHARDS = 4;
    static final int BUCKETS = 100;
    static final int VICTIM = 1;
    static final long FAULT_AT_MILLIS = 2_010;

    /** All that is observed from the fault on. */
    Duration window = Duration.ofSeconds(3);

    List<Integer> victims = List.of(VICTIM);

    final Observation observation = new Observation(SHARDS, BUCKETS);
    final List<Sighting> sightings = new ArrayList<>();

    /** Two requests a shard and bucket, all ok but those of some shards from one bucket up to, not including, another. */
    void fill(List<Integer> badShards, int fromBucket, int toBucket) {
        List<Integer> badBuckets = new ArrayList<>();
        for (int bucket = fromBucket; bucket < toBucket; bucket++) {
            badBuckets.add(bucket);
        }
        fill(badShards, badBuckets);
    }

    void fill(List<Integer> badShards, List<Integer> badBuckets) {
        for (int shard = 0; shard < SHARDS; shard++) {
            for (int bucket = 0; bucket < BUCKETS; bucket++) {
                boolean ok = !(badShards.contains(shard) && badBuckets.contains(bucket));
                observation.add(shard, bucket, ok);
                observation.add(shard, bucket, ok);
            }
        }
    }

    static ObservedRequest answered(long intendedMicros, long latencyMicros) {
        return new ObservedRequest(
                new ReadBalance(1, 1),
                intendedMicros,
                intendedMicros,
                intendedMicros + latencyMicros,
                new Accepted(0),
                true);
    }

    static List<Integer> affected(FaultMeasurement measurement) {
        return measurement.shards().stream()
                .filter(ShardMeasurement::affected)
                .map(ShardMeasurement::shard)
                .toList();
    }

    static Link link(FaultMeasurement measurement, ChainStep step) {
        return measurement.chain().stream()
                .filter(link -> link.step().equals(step.words()))
                .findFirst()
                .orElseThrow();
    }

    FaultMeasurement measure(Moment... later) {
        List<Moment> moments = new ArrayList<>(List.of(new Moment("kill injected", FAULT_AT_MILLIS)));
        moments.addAll(List.of(later));
        Incident incident = new Incident(
                victims, FAULT_AT_MILLIS, window, true, "proof", 0, sightings, Reach.UNKNOWN, null, moments);
        return Measuring.of(observation, incident, new Punctuality(0, 0), Audit.NOTHING);
    }
}
