package fourways.report;

import org.jspecify.annotations.Nullable;

/**
 * What one {@link Pair} came to with a number of requests in flight: a variant of an architecture beside its yardstick, measured in turns by the same driver in the
 * same run. The figures are of the VALID trials only and null if there is none.
 *
 * @param overYardstick the share of the yardstick's throughput that is left; one sample a trial, the median of its turns
 */
record PairCell(
        String architecture,
        String variant,
        int inFlight,
        @Nullable Figure requestsPerSecond,
        @Nullable Figure yardstickRequestsPerSecond,
        @Nullable Figure overYardstick,
        Status status,
        @Nullable String reason) {}
