package fourways.report;

import java.time.Duration;

/**
 * When the observer means to send which request: the n-th at n / rate, whatever became of those before (open loop).
 *
 * @param requestsPerSecond far below what any of the ledgers can carry, so that what goes wrong is the fault's doing
 */
record Schedule(int requestsPerSecond, Duration duration) {

    /** Outages are told no better than that. */
    static final int BUCKET_MILLIS = 50;

    /** A request that is answered later than this after its intended time was not served. */
    static final Duration DEADLINE = Duration.ofSeconds(1);

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    int requests() {
        return Math.toIntExact(duration.toMillis() * requestsPerSecond / 1_000);
    }

    int buckets() {
        return Math.toIntExact(Math.ceilDiv(duration.toMillis(), BUCKET_MILLIS));
    }

    /** Nanoseconds since the start. */
    long intendedNanos(int request) {
        return request * NANOS_PER_SECOND / requestsPerSecond;
    }

    /** The first request that is meant to be sent at this time or later. */
    int firstAt(long millis) {
        return Math.toIntExact(Math.ceilDiv(Math.max(0, millis) * requestsPerSecond, 1_000));
    }

    boolean isFirstOfBucket(int request) {
        return request == 0 || bucketOf(request) != bucketOf(request - 1);
    }

    int bucketOf(int request) {
        return Math.toIntExact(intendedNanos(request) / NANOS_PER_MILLI / BUCKET_MILLIS);
    }
}
