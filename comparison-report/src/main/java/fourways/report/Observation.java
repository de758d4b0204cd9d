package fourways.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an observer saw: for each shard and each bucket of {@link Schedule#BUCKET_MILLIS}, by intended time, how many requests were sent and how many of them were
 * ok. Transfers between two shards are counted apart. Requests are added in the order of their intended times. Not thread-safe.
 */
final class Observation {

    private static final long MICROS_PER_BUCKET = Schedule.BUCKET_MILLIS * 1_000L;
    private static final long MICROS_PER_MILLI = 1_000;

    private final int[][] sent;
    private final int[][] ok;
    private final int[] crossSent;
    private final int[] crossOk;
    private final List<List<Sample>> samples;

    /** @param latencyMicros null where there is none that says anything */
    private record Sample(long intendedMicros, @Nullable Long latencyMicros, boolean ok) {

        int bucket() {
            return Math.toIntExact(intendedMicros / MICROS_PER_BUCKET);
        }
    }

    Observation(int shards, int buckets) {
        this.sent = new int[shards][buckets];
        this.ok = new int[shards][buckets];
        this.crossSent = new int[buckets];
        this.crossOk = new int[buckets];
        this.samples =
                Stream.<List<Sample>>generate(ArrayList::new).limit(shards).toList();
    }

    int shards() {
        return sent.length;
    }

    int buckets() {
        return crossSent.length;
    }

    /** Counts a request that concerns one shard only. */
    void add(int shard, ObservedRequest request) {
        add(shard, new Sample(request.intendedMicros(), request.latencyMicros(), request.ok()));
    }

    /** Counts one of which no more is known than this. */
    void add(int shard, int bucket, boolean isOk) {
        add(shard, new Sample(bucket * MICROS_PER_BUCKET, null, isOk));
    }

    private void add(int shard, Sample sample) {
        sent[shard][sample.bucket()]++;
        ok[shard][sample.bucket()] += sample.ok() ? 1 : 0;
        samples.get(shard).add(sample);
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

    /** Of the requests of one shard, from a bucket to before another. */
    long[] latenciesMicros(int shard, int fromBucket, int toBucket) {
        return samples.get(shard).stream()
                .filter(sample -> sample.bucket() >= fromBucket && sample.bucket() < toBucket)
                .flatMapToLong(sample -> {
                    Long latencyMicros = sample.latencyMicros();
                    return latencyMicros == null ? LongStream.empty() : LongStream.of(latencyMicros);
                })
                .toArray();
    }

    /** When the first request was answered well that was sent after one that was not ok; empty if there is no such. */
    OptionalLong firstOkAfterBadMillis(int shard, int fromBucket) {
        List<Sample> sinceBad = samples.get(shard).stream()
                .dropWhile(sample -> sample.bucket() < fromBucket || sample.ok())
                .toList();
        return sinceBad.stream()
                .filter(Sample::ok)
                .mapToLong(sample -> sample.intendedMicros() + Objects.requireNonNullElse(sample.latencyMicros(), 0L))
                .map(micros -> micros / MICROS_PER_MILLI)
                .min();
    }

    /** A character a bucket: '.' if nothing was sent, else from '0', if nothing was ok, to '9', if everything was. */
    String lane(int shard) {
        StringBuilder lane = new StringBuilder(buckets());
        for (int bucket = 0; bucket < buckets(); bucket++) {
            lane.append(digit(sent[shard][bucket], ok[shard][bucket]));
        }
        return lane.toString();
    }

    /** The ends are told of none and all only. */
    private static char digit(int sent, int ok) {
        if (sent == 0) {
            return '.';
        } else if (ok == 0 || ok == sent) {
            return ok == 0 ? '0' : '9';
        }
        return (char) ('1' + 8 * ok / sent);
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

    /** Bucket by bucket, of the transfers between shards. */
    List<Integer> crossSent() {
        return IntStream.of(crossSent).boxed().toList();
    }

    List<Integer> crossOk() {
        return IntStream.of(crossOk).boxed().toList();
    }

    private List<Integer> allShards() {
        return IntStream.range(0, shards()).boxed().toList();
    }

    private static int total(int[][] counts, List<Integer> shards, int bucket) {
        return shards.stream().mapToInt(shard -> counts[shard][bucket]).sum();
    }
}
