package fourways.report;

import fourways.report.FaultCell.Moment;
import fourways.report.FaultCell.Timeline;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one trial with an observer found out; a trial without a fault has the same, as if there had been one at the same time. Availability and latency are of a
 * window from the fault on that is as long in every trial; outages are followed to the end. Nothing is net of a control here.
 *
 * @param victimShards those whose owners the fault struck, ascending; all others are their neighbours
 * @param fired the proof that the fault took place; null if there is none
 * @param shards all of them, by number
 * @param victimAvailability of the victims together
 * @param neighbourAvailability of the neighbours together
 * @param crossShardAvailability of the transfers between two shards, which count for neither
 * @param notOkBefore how many requests before the fault were not ok
 * @param operatorRestart why everything was killed and started again after the observation, before the balances were compared; null if there was no need to
 * @param chain all links, in the order of {@link ChainStep}; empty without a fault
 */
record FaultMeasurement(
        List<Integer> victimShards,
        @Nullable String fired,
        List<ShardMeasurement> shards,
        double victimAvailability,
        double neighbourAvailability,
        double crossShardAvailability,
        int notOkBefore,
        int restartsFromOutside,
        Punctuality punctuality,
        long checkedCommands,
        List<String> violations,
        Writes writes,
        @Nullable String operatorRestart,
        List<Link> chain,
        Reach reach,
        List<Moment> moments,
        Timeline timeline) {

    FaultMeasurement {
        victimShards = List.copyOf(victimShards);
        shards = List.copyOf(shards);
        violations = List.copyOf(violations);
        chain = List.copyOf(chain);
        moments = List.copyOf(moments);
    }

    /**
     * One link of the recovery chain.
     *
     * @param step as {@link ChainStep#words} has it
     * @param atMillis when it was seen first, on the timeline; null if it was not
     * @param fromOutside whether it was the doing of whoever started the trial's JVM again
     */
    record Link(String step, @Nullable Long atMillis, boolean fromOutside) {}

    List<ShardMeasurement> victims() {
        return shards.stream().filter(ShardMeasurement::victim).toList();
    }

    List<ShardMeasurement> neighbours() {
        return shards.stream().filter(shard -> !shard.victim()).toList();
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

    /**
     * What was done in a trial and what happened by itself, on the clock of the observation.
     *
     * @param victimShards those that the fault struck, or would have
     * @param window of which availability is told
     * @param fired the proof; null if there is none
     * @param struck whether there was a fault at all
     * @param restarts from outside
     * @param sightings what was seen of the recovery, apart from what clients saw
     * @param operatorRestart why everything was killed and started again after the observation; null if it was not
     * @param moments what else is worth telling
     */
    record Incident(
            List<Integer> victimShards,
            long faultAtMillis,
            Duration window,
            boolean struck,
            @Nullable String fired,
            int restarts,
            List<Sighting> sightings,
            Reach reach,
            @Nullable String operatorRestart,
            List<Moment> moments) {

        /** The same with something more that proves it, if it is proven at all and there is something more. */
        Incident proven(@Nullable String more) {
            return more == null || fired == null
                    ? this
                    : new Incident(
                            victimShards,
                            faultAtMillis,
                            window,
                            struck,
                            fired + "; " + more,
                            restarts,
                            sightings,
                            reach,
                            operatorRestart,
                            moments);
        }

        /** The window's first bucket. The one before the fault's counts as hit too: what it sent may still have been in flight. */
        int fromBucket() {
            return Math.max(0, Math.toIntExact(faultAtMillis / Schedule.BUCKET_MILLIS) - 1);
        }

        /** The first bucket after the window. */
        int toBucket() {
            return fromBucket() + 1 + Math.toIntExact(window.toMillis() / Schedule.BUCKET_MILLIS);
        }
    }

    /** That a link of the recovery chain was seen, by whom and of what being told in words. */
    record Sighting(ChainStep step, long atMillis, boolean fromOutside, String what) {}
}
