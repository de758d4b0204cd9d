package fourways.report;

import fourways.report.FaultCell.Moment;
import fourways.report.FaultCell.Timeline;
import fourways.report.FaultMeasurement.Incident;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Turns what an observer saw of an incident into figures. The bucket before the fault's counts as hit too: what it sent may still have been in flight. */
final class Measuring {

    private final Observation observation;
    private final Incident incident;
    private final Set<Integer> victims;
    private final int from;
    private final int to;
    private final List<ShardMeasurement> shards;

    private Measuring(Observation observation, Incident incident) {
        this.observation = observation;
        this.incident = incident;
        this.victims = new TreeSet<>(incident.victimShards());
        this.from = incident.fromBucket();
        this.to = incident.toBucket();
        this.shards =
                IntStream.range(0, observation.shards()).mapToObj(this::shard).toList();
    }

    static FaultMeasurement of(Observation observation, Incident incident, Punctuality punctuality, Audit audit) {
        return new Measuring(observation, incident).measurement(punctuality, audit);
    }

    private ShardMeasurement shard(int shard) {
        return new ShardMeasurement(
                shard,
                victims.contains(shard),
                observation.availability(List.of(shard), from, to),
                Outage.of(observation, shard, from),
                observation.isAffected(shard, from),
                Slowness.p99Micros(observation.latenciesMicros(shard, from, to)));
    }

    private FaultMeasurement measurement(Punctuality punctuality, Audit audit) {
        List<Integer> struck = List.copyOf(victims);
        List<Integer> neighbours = IntStream.range(0, observation.shards())
                .filter(shard -> !victims.contains(shard))
                .boxed()
                .toList();
        return new FaultMeasurement(
                struck,
                incident.fired(),
                shards,
                observation.availability(struck, from, to),
                observation.availability(neighbours, from, to),
                observation.crossAvailability(from, to),
                observation.notOkBefore(from),
                incident.restarts(),
                punctuality,
                audit.commands(),
                audit.violations(),
                audit.writes(),
                incident.operatorRestart(),
                incident.struck() ? new RecoveryChain(incident, firstOk(), steady()).links() : List.of(),
                incident.reach(),
                moments(),
                new Timeline(
                        Schedule.BUCKET_MILLIS,
                        incident.faultAtMillis(),
                        observation.sent(struck),
                        observation.ok(struck),
                        observation.sent(neighbours),
                        observation.ok(neighbours),
                        IntStream.range(0, observation.shards())
                                .mapToObj(observation::lane)
                                .toList()));
    }

    /** The earliest of the victims'. */
    private OptionalLong firstOk() {
        return victims.stream()
                .map(shard -> observation.firstOkAfterBadMillis(shard, from))
                .flatMapToLong(OptionalLong::stream)
                .min();
    }

    /** An outage ends with the bucket of requests that were sent, and the first of them may have waited for its answer. */
    private OptionalLong steady() {
        return lastEnd(shards).stream()
                .map(millis -> Math.max(millis, firstOk().orElse(millis)))
                .findFirst();
    }

    /** Empty if one did not end, or if there was none. */
    private static OptionalLong lastEnd(Collection<ShardMeasurement> shards) {
        boolean allEnded = shards.stream().allMatch(shard -> shard.outage().recovered());
        return shards.stream()
                .mapToLong(shard -> shard.outage().endedAtMillis())
                .filter(millis -> allEnded && millis >= 0)
                .max();
    }

    private List<Moment> moments() {
        List<Moment> all = new ArrayList<>(incident.moments());
        incident.sightings().forEach(sighting -> all.add(new Moment(sighting.what(), sighting.atMillis())));
        List<ShardMeasurement> struck =
                shards.stream().filter(ShardMeasurement::victim).toList();
        List<ShardMeasurement> others =
                shards.stream().filter(shard -> !shard.victim()).toList();
        struck.stream()
                .map(ShardMeasurement::outage)
                .mapToLong(Outage::startedAtMillis)
                .filter(millis -> millis >= 0)
                .min()
                .ifPresent(millis -> all.add(new Moment("first request to the victim not ok", millis)));
        lastEnd(struck).ifPresent(millis -> all.add(new Moment("victim steady again", millis)));
        lastEnd(others).ifPresent(millis -> all.add(new Moment("all neighbours steady again", millis)));
        all.sort(Comparator.comparingLong(Moment::atMillis));
        return all;
    }
}
