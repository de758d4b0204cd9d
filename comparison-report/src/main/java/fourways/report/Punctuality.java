package fourways.report;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How well an observer kept to its own schedule. One that sends late sees outages that are its own: then the trial says nothing about the architecture.
 *
 * @param worstLagMillis how long after its intended time the latest request was sent
 * @param lateShare which share of the requests was sent late, from 0 to 1
 */
record Punctuality(long worstLagMillis, double lateShare) {

    /** Two buckets: outages are told no better than that. */
    static final long LATE_MILLIS = 2 * Schedule.BUCKET_MILLIS;

    /** A few late ones move by a bucket or two and change no figure. */
    private static final double MAX_LATE_SHARE = 0.02;

    /** Half of the deadline must be left for the answer. */
    private static final long MAX_LAG_MILLIS = Schedule.DEADLINE.toMillis() / 2;

    static Punctuality of(long[] lagNanos) {
        long late = Arrays.stream(lagNanos)
                .filter(lag -> lag > TimeUnit.MILLISECONDS.toNanos(LATE_MILLIS))
                .count();
        return new Punctuality(
                TimeUnit.NANOSECONDS.toMillis(Arrays.stream(lagNanos).max().orElse(0)),
                (double) late / Math.max(1, lagNanos.length));
    }

    /** Why the trial cannot count; null if it can. */
    @Nullable
    String complaint() {
        return worstLagMillis > MAX_LAG_MILLIS || lateShare > MAX_LATE_SHARE
                ? "observer late: by up to %,d ms, and by more than %d ms in %.1f %% of its requests; allowed are %d ms and %.0f %%"
                        .formatted(worstLagMillis, LATE_MILLIS, 100 * lateShare, MAX_LAG_MILLIS, 100 * MAX_LATE_SHARE)
                : null;
    }
}
