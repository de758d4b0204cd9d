package fourways.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one fault does to one variant of an architecture, as clients see it from outside. Where there are several trials the figures are over all
 * that are VALID, and timeline and moments are those of the first; all five are null or empty if none is.
 *
 * @param victimShard the shard whose owner suffers; all others are its neighbours
 * @param fired the proof that the fault took place, in words; null if it did not
 * @param crossShardAvailability of the transfers between two shards, from 0 to 1: they need both, and so count for neither victim nor neighbours
 * @param restartsFromOutside how often the trial's JVM had to be started again by somebody else, over all trials
 * @param control the same, measured without a fault; null if that trial was not VALID
 * @param checkedCommands how many commands the checker accounted for
 * @param violations what the checker found, in words; empty unless the status is INVALID
 * @param status that of the worst trial
 * @param reason why it is not VALID; null if it is
 */
record FaultCell(
        String fault,
        String architecture,
        String variant,
        int victimShard,
        @Nullable String fired,
        @Nullable Victim victim,
        @Nullable Neighbours neighbours,
        @Nullable Figure crossShardAvailability,
        int restartsFromOutside,
        @Nullable Control control,
        long checkedCommands,
        List<String> violations,
        Status status,
        @Nullable String reason,
        List<Moment> moments,
        @Nullable Timeline timeline) {

    /**
     * @param availability ok / sent in the window from the fault on, from 0 to 1
     * @param outageMillis from the first bad bucket to the start of the first full second in which everything is ok; 0 if nothing was bad
     * @param recovered whether such a second came; if not, the outage lasted at least as long as it says
     */
    record Victim(Figure availability, Figure outageMillis, boolean recovered) {}

    /**
     * @param shards how many there are
     * @param affectedShards how many had any request that was not ok and that the control did not have
     * @param blastRadius affectedShards / shards, from 0 to 1
     * @param availability as for the victim, over all neighbours together
     * @param medianOutageMillis of the neighbours, those without an outage counting 0
     * @param worstOutageMillis of the neighbours
     * @param recovered whether every one of them recovered
     */
    record Neighbours(
            int shards,
            Figure affectedShards,
            Figure blastRadius,
            Figure availability,
            Figure medianOutageMillis,
            Figure worstOutageMillis,
            boolean recovered) {}

    /** The fault-free trial: availability of the same shards, and how many neighbours had any request that was not ok. */
    record Control(double victimAvailability, double neighbourAvailability, int affectedShards) {}

    /** Something that happened: injected, died, restarted, first ok, steady; at a time on the {@link Timeline}. */
    record Moment(String what, long atMillis) {}

    /**
     * Requests by the time at which they were meant to be sent. The n-th number is that of the n-th bucket; neighbours are all together.
     *
     * @param faultAtMillis when the fault was injected, counted from the start of the first bucket
     */
    record Timeline(
            int bucketMillis,
            long faultAtMillis,
            List<Integer> victimSent,
            List<Integer> victimOk,
            List<Integer> neighboursSent,
            List<Integer> neighboursOk) {}
}
