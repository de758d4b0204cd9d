package fourways.report;

import fourways.report.FaultCell.Moment;
import fourways.report.FaultCell.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What one trial with an observer found out; a trial without a fault has the same, as if there had been one at the same time. Availability is of a window
 * from the fault on that is as long in every trial; outages are followed to the end.
 *
 * @param fired the proof that the fault took place; null if there is none
 * @param affectedNeighbours the shards other than the victim's that had any request that was not ok
 * @param neighbourOutages one a neighbour, by shard
 * @param notOkBefore how many requests before the fault were not ok
 */
record FaultMeasurement(
        int victimShard,
        @Nullable String fired,
        double victimAvailability,
        Outage victimOutage,
        double neighbourAvailability,
        List<Integer> affectedNeighbours,
        List<Outage> neighbourOutages,
        double crossShardAvailability,
        int notOkBefore,
        int restartsFromOutside,
        Punctuality punctuality,
        long checkedCommands,
        List<String> violations,
        List<Moment> moments,
        Timeline timeline) {

    /** Turns an observation into figures. The bucket before the fault's counts as hit too: what it sent may still have been in flight. */
    static FaultMeasurement of(Observation observation, Incident incident, Punctuality punctuality, Audit audit) {
        int victim = incident.victimShard();
        int from = Math.max(0, Math.toIntExact(incident.faultAtMillis() / Schedule.BUCKET_MILLIS) - 1);
        int to = from + 1 + Math.toIntExact(incident.window().toMillis() / Schedule.BUCKET_MILLIS);
        List<Integer> neighbours = IntStream.range(0, observation.shards())
                .filter(shard -> shard != victim)
                .boxed()
                .toList();
        Outage victimOutage = Outage.of(observation, victim, from);
        List<Outage> outages = neighbours.stream()
                .map(shard -> Outage.of(observation, shard, from))
                .toList();
        return new FaultMeasurement(
                victim,
                incident.fired(),
                observation.availability(List.of(victim), from, to),
                victimOutage,
                observation.availability(neighbours, from, to),
                neighbours.stream()
                        .filter(shard -> observation.isAffected(shard, from))
                        .toList(),
                outages,
                observation.crossAvailability(from, to),
                observation.notOkBefore(from),
                incident.restarts(),
                punctuality,
                audit.commands(),
                audit.violations(),
                withRecovery(incident.moments(), victimOutage, outages),
                new Timeline(
                        Schedule.BUCKET_MILLIS,
                        incident.faultAtMillis(),
                        observation.sent(List.of(victim)),
                        observation.ok(List.of(victim)),
                        observation.sent(neighbours),
                        observation.ok(neighbours)));
    }

    /** Why the trial says nothing about the architecture, which was not left alone by the machine; null if it does say something. */
    @Nullable
    String disturbance() {
        String late = punctuality.complaint();
        if (late != null || notOkBefore == 0) {
            return late;
        }
        return "not steady before the fault: " + notOkBefore + " requests were not ok";
    }

    private static List<Moment> withRecovery(List<Moment> moments, Outage victim, List<Outage> neighbours) {
        List<Moment> all = new ArrayList<>(moments);
        if (victim.startedAtMillis() >= 0) {
            all.add(new Moment("first request to the victim not ok", victim.startedAtMillis()));
        }
        if (victim.endedAtMillis() >= 0) {
            all.add(new Moment("victim steady again", victim.endedAtMillis()));
        }
        if (neighbours.stream().allMatch(Outage::recovered)) {
            neighbours.stream()
                    .map(Outage::endedAtMillis)
                    .max(Comparator.naturalOrder())
                    .filter(millis -> millis >= 0)
                    .ifPresent(millis -> all.add(new Moment("all neighbours steady again", millis)));
        }
        all.sort(Comparator.comparingLong(Moment::atMillis));
        return all;
    }

    /**
     * What was done in a trial and what happened by itself.
     *
     * @param window of which availability is told
     */
    record Incident(
            int victimShard,
            long faultAtMillis,
            Duration window,
            @Nullable String fired,
            int restarts,
            List<Moment> moments) {}
}
