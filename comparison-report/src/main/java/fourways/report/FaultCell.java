package fourways.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one fault does to one variant of an architecture, as clients see it from outside. Where there are several trials the figures are over all
 * that are VALID, and moments, reach and timeline are those of the first; all of these are null or empty if none is. What the fault-free control has as well is taken off: figures are the
 * fault's doing.
 *
 * @param victimShards the shards whose owners suffer; all others are their neighbours. Those of the first trial that came to its end; repeats may have others
 * @param fired the proof that the fault took place, in words; null if it did not
 * @param crossShardAvailability of the transfers between two shards, from 0 to 1: they need both, and so count for neither victim nor neighbours
 * @param restartsFromOutside how often the trial's JVM had to be started again by somebody else, over all trials
 * @param control the same, measured without a fault; null if that trial was not VALID
 * @param checkedCommands how many commands the checker accounted for
 * @param violations what the checker found, in words; empty unless the status is INVALID
 * @param writes what became of acknowledged writes, over all trials
 * @param operatorRestarts over all trials, when clients were no longer observed
 * @param chain all links, in the order of {@link ChainStep}
 * @param status that of the worst trial
 * @param reason why it is not VALID; null if it is
 */
record FaultCell(
        String fault,
        String architecture,
        String variant,
        List<Integer> victimShards,
        @Nullable String fired,
        @Nullable Victim victim,
        @Nullable Neighbours neighbours,
        @Nullable Figure crossShardAvailability,
        int restartsFromOutside,
        @Nullable Control control,
        long checkedCommands,
        List<String> violations,
        Writes writes,
        OperatorRestarts operatorRestarts,
        List<Link> chain,
        @Nullable Reach reach,
        Status status,
        @Nullable String reason,
        List<Moment> moments,
        @Nullable Timeline timeline) {

    /**
     * All victims together.
     *
     * @param shards how many there are
     * @param availability ok / sent in the window from the fault on, from 0 to 1
     * @param outageMillis of the one that was out for the longest: from its first bad bucket to the start of the first full second in which everything is ok; 0 if nothing was bad
     * @param recovered whether such a second came; if not, the outage lasted at least as long as it says
     */
    record Victim(int shards, Figure availability, Figure outageMillis, boolean recovered) {}

    /**
     * @param shards how many there are
     * @param affectedShards how many had any request that was not ok and that the control did not have
     * @param blastRadius affectedShards / shards, from 0 to 1
     * @param slowedShards how many were slower than the control by the rule of {@link Slowness}; null without a control to compare with
     * @param slowedShare slowedShards / shards, from 0 to 1
     * @param availability as for the victims, over all neighbours together
     * @param medianOutageMillis of the neighbours, those without an outage counting 0
     * @param worstOutageMillis of the neighbours
     * @param recovered whether every one of them recovered
     */
    record Neighbours(
            int shards,
            Figure affectedShards,
            Figure blastRadius,
            @Nullable Figure slowedShards,
            @Nullable Figure slowedShare,
            Figure availability,
            Figure medianOutageMillis,
            Figure worstOutageMillis,
            boolean recovered) {}

    /**
     * The fault-free trials of the same variant, and the worst of them where there are several.
     *
     * @param victimAvailability of the same shards
     * @param affectedShards how many neighbours had any request that was not ok
     * @param p99Micros the 99th percentile of latency of the median neighbour; null if too few requests were answered
     */
    record Control(
            double victimAvailability,
            double neighbourAvailability,
            int affectedShards,
            @Nullable Long p99Micros) {}

    /**
     * One link of the recovery chain, over all trials that saw it.
     *
     * @param step as {@link ChainStep#words} has it
     * @param afterMillis from the fault on; null if no trial saw it
     * @param fromOutside whether it was, in any trial, the doing of whoever started the trial's JVM again
     */
    record Link(String step, @Nullable Figure afterMillis, boolean fromOutside) {}

    /** Something that happened: injected, died, restarted, first ok, steady; at a time on the {@link Timeline}. */
    record Moment(String what, long atMillis) {}

    /**
     * Requests by the time at which they were meant to be sent. The n-th number is that of the n-th bucket; neighbours are all together.
     *
     * @param faultAtMillis when the fault was injected, counted from the start of the first bucket
     * @param lanes by shard, a character a bucket: '.' if nothing was sent, else from '0', if nothing was ok, to '9', if everything was
     */
    record Timeline(
            int bucketMillis,
            long faultAtMillis,
            List<Integer> victimSent,
            List<Integer> victimOk,
            List<Integer> neighboursSent,
            List<Integer> neighboursOk,
            List<String> lanes) {}
}
