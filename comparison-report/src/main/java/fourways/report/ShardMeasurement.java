package fourways.report;

import org.jspecify.annotations.Nullable;

/**
 * What one shard's clients saw in one trial. Transfers to and from other shards do not count.
 *
 * @param victim whether the fault struck its owner
 * @param availability ok / sent in the window from the fault on
 * @param outage followed to the end of the observation
 * @param affected whether any request from the fault on was not ok
 * @param p99Micros the 99th percentile of latency in the window, as {@link Slowness} has it; null if too few requests were answered
 */
record ShardMeasurement(
        int shard,
        boolean victim,
        double availability,
        Outage outage,
        boolean affected,
        @Nullable Long p99Micros) {}
