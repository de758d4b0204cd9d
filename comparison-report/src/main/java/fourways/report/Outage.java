package fourways.report;

/**
 * How long a shard did not serve everybody: from its first bad bucket to the start of the first full second in which everything is ok, so that
 * not the first lucky success counts, but lasting service. If it fails again after that, the outages are added up.
 *
 * @param millis 0 if nothing was bad
 * @param recovered whether the last outage ended before the observation did; if not, it lasted at least until then
 * @param startedAtMillis when the first outage began, on the observation's clock; -1 if there was none
 * @param endedAtMillis when the last one ended; -1 if there was none or it did not end
 */
record Outage(long millis, boolean recovered, long startedAtMillis, long endedAtMillis) {

    static final Outage NONE = new Outage(0, true, -1, -1);

    private static final int BUCKETS_PER_SECOND = 1_000 / Schedule.BUCKET_MILLIS;

    static Outage of(Observation observation, int shard, int fromBucket) {
        int first = nextBad(observation, shard, fromBucket);
        int bad = 0;
        int end = -1;
        for (int start = first; start < observation.buckets(); start = nextBad(observation, shard, end)) {
            end = startOfFullSecond(observation, shard, start);
            if (end < 0) {
                return new Outage(millis(bad + observation.buckets() - start), false, millis(first), -1);
            }
            bad += end - start;
        }
        return bad == 0 ? NONE : new Outage(millis(bad), true, millis(first), millis(end));
    }

    private static long millis(int buckets) {
        return (long) buckets * Schedule.BUCKET_MILLIS;
    }

    /** The number of buckets if there is none. */
    private static int nextBad(Observation observation, int shard, int fromBucket) {
        int bucket = fromBucket;
        while (bucket < observation.buckets() && !observation.isBad(shard, bucket)) {
            bucket++;
        }
        return bucket;
    }

    /** -1 if there is none before the end. */
    private static int startOfFullSecond(Observation observation, int shard, int fromBucket) {
        int start = fromBucket;
        for (int bucket = fromBucket; bucket < observation.buckets(); bucket++) {
            if (observation.isBad(shard, bucket)) {
                start = bucket + 1;
            } else if (bucket + 1 - start == BUCKETS_PER_SECOND) {
                return start;
            }
        }
        return -1;
    }
}
