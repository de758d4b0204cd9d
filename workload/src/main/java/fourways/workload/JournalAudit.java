package fourways.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;

/**
 * Reads the journals of a ledger that nobody runs any more. Changes nothing and takes no lock. Where segments were {@link LedgerConfig#keepSegments kept},
 * every entry of the ledger's life is seen, and each segment's snapshot is compared with what the entries before it add up to.
 */
final class JournalAudit {

    private JournalAudit() {}

    /** Is shown what one shard's journal holds, in order. */
    interface Visitor extends Replay.Visitor {

        /** An entry that the shard made; {@code offset} is where its record begins in the segment. */
        @Override
        void entry(Entry entry, Path segment, long offset);

        /** The snapshot that opens a segment is not what the entries of the segments before it add up to. The books go on from the snapshot, as the shard would. */
        void contradiction(Path segment, String what);
    }

    /**
     * What a shard's journal adds up to.
     *
     * @param books as the shard will have them when it is opened the next time
     * @param complete whether every entry since the ledger was new has been seen, because no segment was dropped
     */
    record Result(Books books, boolean complete) {}

    /**
     * Reads one shard's journal; a shard that was never opened has new books.
     *
     * @throws JournalDamagedException if a record is not what was written, and not the torn tail of the newest segment
     * @throws UncheckedIOException if a file cannot be read
     */
    static Result read(LedgerConfig config, int shard, Visitor visitor) {
        if (config.directory() == null) {
            throw new IllegalArgumentException(
                    "directory is missing: the journal " + config.journal() + " leaves nothing to read");
        }
        try {
            NavigableMap<Long, Path> segments =
                    SegmentFolder.of(config.directory(), shard).segments();
            Books books = new Books(config, shard);
            long expected = 1;
            for (Map.Entry<Long, Path> file : segments.entrySet()) {
                boolean newest = file.getKey().equals(segments.lastKey());
                try (Segment segment = Segment.openReadOnly(file.getValue())) {
                    Books next = new Books(config, shard);
                    Replay replay = new Replay(config, shard, next);
                    long begin = replay.readSnapshot(segment, file.getKey());
                    if (file.getKey() == expected) {
                        compare(config, books, next, shard, segment.file(), visitor);
                    } else if (expected > 1) {
                        visitor.contradiction(segment.file(), "segment " + expected + " before it is missing");
                    }
                    long end = replay.readEntries(segment, begin, visitor);
                    if (!newest && !segment.isBlankAt(end)) {
                        throw new JournalDamagedException(
                                segment.file(), end, "no whole record, but there are later segments");
                    }
                    books = next;
                }
                expected = file.getKey() + 1;
            }
            return new Result(books, segments.isEmpty() || segments.firstKey() == 1);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the journal of shard " + shard, e);
        }
    }

    private static void compare(
            LedgerConfig config, Books replayed, Books snapshot, int shard, Path file, Visitor visitor) {
        byte[] expected = new Replay(config, shard, replayed).snapshot(0);
        if (Arrays.equals(expected, new Replay(config, shard, snapshot).snapshot(0))) {
            return;
        }
        for (int account = shard; account < config.accounts(); account += config.shards()) {
            if (replayed.balance(account) != snapshot.balance(account)) {
                visitor.contradiction(
                        file,
                        "it opens with account " + account + " at " + snapshot.balance(account)
                                + " cents, the entries before it come to " + replayed.balance(account));
                return;
            }
        }
        visitor.contradiction(file, "it opens with other books than the entries before it come to");
    }
}
