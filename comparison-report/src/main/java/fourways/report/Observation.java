package fourways.report;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What an observer saw: for each shard and each bucket of {@link Schedule#BUCKET_MILLIS}, by intended time, how many requests were sent and how many of them were
 * ok. Transfers between two shards are counted apart. Not thread-safe.
 */
final class Observation {

    private final int[][] sent;
    private final int[][] ok;
    private final int[] crossSent;
    private final int[] crossOk;

    Observation(int shards, int buckets) {
        this.sent = new int[shards][buckets];
        this.ok = new int[shards][buckets];
        this.crossSent = new int[buckets];
        this.crossOk = new int[buckets];
    }

    int shards() {
        return sent.length;
    }

    int buckets() {
        return crossSent.length;
    }

    /** Counts a request that concerns one shard only. */
    void add(int shard, int bucket, boolean isOk) {
        sent[shard][bucket]++;
        ok[shard][bucket] += isOk ? 1 : 0;
    }

    /** Counts a transfer between two shards. */
    void addCrossing(int bucket, boolean isOk) {
        crossSent[bucket]++;
        crossOk[bucket] += isOk ? 1 : 0;
    }

    /** A bucket in which nothing was sent is not bad. */
    boolean isBad(int shard, int bucket) {
        return ok[shard][bucket] < sent[shard][bucket];
    }

    boolean isAffected(int shard, int fromBucket) {
        return IntStream.range(fromBucket, buckets()).anyMatch(bucket -> isBad(shard, bucket));
    }

    /** How many requests before a bucket were not ok, of whatever kind. */
    int notOkBefore(int bucket) {
        return IntStream.range(0, bucket)
                .map(earlier -> crossSent[earlier]
                        - crossOk[earlier]
                        + total(sent, allShards(), earlier)
                        - total(ok, allShards(), earlier))
                .sum();
    }

    /** ok / sent of some shards together, from a bucket to before another, or to the end; 1 if nothing was sent. */
    double availability(List<Integer> shards, int fromBucket, int toBucket) {
        int end = Math.min(toBucket, buckets());
        long sentInAll = IntStream.range(fromBucket, end)
                .mapToLong(bucket -> total(sent, shards, bucket))
                .sum();
        long okInAll = IntStream.range(fromBucket, end)
                .mapToLong(bucket -> total(ok, shards, bucket))
                .sum();
        return sentInAll == 0 ? 1 : (double) okInAll / sentInAll;
    }

    /** The same for transfers between shards. */
    double crossAvailability(int fromBucket, int toBucket) {
        int end = Math.min(toBucket, buckets());
        int sentInAll = IntStream.range(fromBucket, end).map(b -> crossSent[b]).sum();
        int okInAll = IntStream.range(fromBucket, end).map(b -> crossOk[b]).sum();
        return sentInAll == 0 ? 1 : (double) okInAll / sentInAll;
    }

    /** Bucket by bucket, of some shards together. */
    List<Integer> sent(List<Integer> shards) {
        return IntStream.range(0, buckets())
                .map(bucket -> total(sent, shards, bucket))
                .boxed()
                .toList();
    }

    List<Integer> ok(List<Integer> shards) {
        return IntStream.range(0, buckets())
                .map(bucket -> total(ok, shards, bucket))
                .boxed()
                .toList();
    }

    private List<Integer> allShards() {
        return IntStream.range(0, shards()).boxed().toList();
    }

    private static int total(int[][] counts, List<Integer> shards, int bucket) {
        return shards.stream().mapToInt(shard -> counts[shard][bucket]).sum();
    }
}
