package fourways.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The table of how many requests each shard was sent and served in each bucket: {@code buckets.csv.gz}. */
final class RawBucketTable {

    static final String NAME = "buckets.csv.gz";

    /** In the place of a shard: transfers between two of them. */
    private static final String ACROSS = "across";

    private static final List<String> COLUMNS = List.of("bucket", "startMillis", "shard", "sent", "ok");

    private RawBucketTable() {}

    static void write(Path folder, Observation observation) throws IOException {
        try (RawCsvWriter csv = RawCsvWriter.create(folder.resolve(NAME), COLUMNS)) {
            for (int shard = 0; shard < observation.shards(); shard++) {
                write(csv, Integer.toString(shard), observation.sent(List.of(shard)), observation.ok(List.of(shard)));
            }
            write(csv, ACROSS, observation.crossSent(), observation.crossOk());
        }
    }

    private static void write(RawCsvWriter csv, String lane, List<Integer> sent, List<Integer> ok) {
        for (int bucket = 0; bucket < sent.size(); bucket++) {
            csv.write(bucket, (long) bucket * Schedule.BUCKET_MILLIS, lane, sent.get(bucket), ok.get(bucket));
        }
    }
}
