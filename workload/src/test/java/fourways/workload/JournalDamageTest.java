package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Entry.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A small journal, damaged in every place. What comes of it is either the books exactly up to the damage, or a refusal that names file and offset and leaves
 * the file as it is.
 */
class JournalDamageTest {

    private static final int SHARD = 1;
    private static final int RECORD_BYTES = 48;

    @TempDir
    private Path directory;

    private LedgerConfig config;
    private LedgerStore store;
    private Path file;
    private byte[] pristine;

    /** By how many entries have been made. */
    private final List<byte[]> books = new ArrayList<>();

    private int entriesBegin;
    private int end;

    /** One of each kind. */
    private static final List<Entry> ENTRIES = List.of(
            new Entry(Kind.DEPOSIT, 11, 1, 1, 500, 0),
            new Entry(Kind.DEBIT, 12, 3, 2, 70, 1),
            new Entry(Kind.CREDIT, 13, 5, 0, 9, 1),
            new Entry(Kind.MOVE, 14, 5, 1, 1_001, 0),
            new Entry(Kind.SETTLE, 12, 3, 2, 70, 1),
            new Entry(Kind.WITHDRAW, 15, 1, 1, 2_501, 0));

    @BeforeEach
    void writeJournal() throws IOException {
        config = LedgerConfig.in(directory)
                .withAccounts(6, 2)
                .withCapacity(1)
                .withInitialBalanceCents(1_000)
                .withSegments(4_096, false);
        store = LedgerStore.open(config);
        Books written = new Books(config, SHARD);
        try (Journal journal = store.openJournal(SHARD, written)) {
            books.add(bytesOf(written));
            for (Entry entry : ENTRIES) {
                journal.append(entry);
                written.redo(entry);
                books.add(bytesOf(written));
            }
        }
        file = SegmentFolder.of(directory, SHARD).file(1);
        pristine = Files.readAllBytes(file);
        entriesBegin = 8 + new Replay(config, SHARD, new Books(config, SHARD)).snapshot(1).length;
        end = entriesBegin + ENTRIES.size() * RECORD_BYTES;
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private byte[] bytesOf(Books some) {
        return new Replay(config, SHARD, some).snapshot(0);
    }

    private byte[] recovered() {
        Books found = new Books(config, SHARD);
        store.openJournal(SHARD, found).close();
        return bytesOf(found);
    }

    private void assertRecovered(int entries, String damage) throws IOException {
        assertArrayEquals(books.get(entries), recovered(), damage);
        byte[] whole = Arrays.copyOf(Arrays.copyOf(pristine, entriesBegin + entries * RECORD_BYTES), pristine.length);
        assertArrayEquals(whole, Files.readAllBytes(file), "what cannot be read is cleared: " + damage);
    }

    private void assertRefused(int offset, String damage) throws IOException {
        byte[] damaged = Files.readAllBytes(file);

        JournalDamagedException refusal = assertThrows(JournalDamagedException.class, this::recovered, damage);

        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains(file + " at offset " + offset + ":"), damage + ": " + message);
        assertArrayEquals(damaged, Files.readAllBytes(file), "left as it is: " + damage);
    }

    /** The entry whose record a byte belongs to, counted from 0; negative in the snapshot. */
    private int entryAt(int offset) {
        return Math.floorDiv(offset - entriesBegin, RECORD_BYTES);
    }

    private void assertFlipIsNoticed(int offset, int mask) throws IOException {
        String damage = String.format("byte %d xor %02x", offset, mask);
        byte[] damaged = pristine.clone();
        damaged[offset] ^= (byte) mask;
        Files.write(file, damaged);

        int entry = entryAt(offset);
        if (entry < 0) {
            assertRefused(0, damage);
        } else if (entry < ENTRIES.size() - 1) {
            assertRefused(entriesBegin + entry * RECORD_BYTES, damage);
        } else {
            // In the last one it cannot be told from a torn write; behind it there is nothing to lose.
            assertRecovered(entry == ENTRIES.size() - 1 ? entry : ENTRIES.size(), damage);
        }
    }

    @Test
    void everyFlippedBitInTheRecordsIsNoticed() throws IOException {
        for (int offset = 0; offset < end; offset++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                assertFlipIsNoticed(offset, 1 << bit);
            }
        }
    }

    @Test
    void everyFlippedByteInTheFileIsNoticed() throws IOException {
        for (int offset = 0; offset < pristine.length; offset = next(offset)) {
            assertFlipIsNoticed(offset, 0xff);
        }
    }

    /** Every byte of the records; behind them, where all is zeros, steps that meet every place in a record and in a page. */
    private int next(int offset) {
        return offset < end + 2 * RECORD_BYTES ? offset + 1 : offset + 13;
    }

    @Test
    void aFileCutAtAnyByteIsRecoveredUpToTheCutOrRefused() throws IOException {
        for (int length = 0; length < pristine.length; length = next(length)) {
            Files.write(file, Arrays.copyOf(pristine, length));

            if (length < entriesBegin) {
                assertRefused(0, "cut at " + length);
            } else {
                int entries = Math.min(entryAt(length), ENTRIES.size());
                assertArrayEquals(books.get(entries), recovered(), "cut at " + length);
            }
        }
    }

    @Test
    void aLastRecordTornAtAnyByteIsCutAndTheJournalGoesOn() throws IOException {
        Entry next = ENTRIES.getFirst();
        for (int torn = end - RECORD_BYTES; torn < end; torn++) {
            byte[] damaged = pristine.clone();
            Arrays.fill(damaged, torn, end, (byte) 0);
            Files.write(file, damaged);
            Books found = new Books(config, SHARD);
            try (Journal journal = store.openJournal(SHARD, found)) {
                // Its last bytes are zeros anyway.
                int whole = ENTRIES.size() - (Arrays.equals(damaged, pristine) ? 0 : 1);
                assertArrayEquals(books.get(whole), bytesOf(found), "torn at " + torn);
                journal.append(next);
                found.redo(next);
            }

            assertArrayEquals(bytesOf(found), recovered(), "and then written to, torn at " + torn);
        }
    }

    @Test
    void aCutFileGrowsBackToAWholePageAndIsWrittenTo() throws IOException {
        Files.write(file, Arrays.copyOf(pristine, end - 1));
        deposits(200);

        Books found = new Books(config, SHARD);
        store.openJournal(SHARD, found).close();

        assertEquals(1_000 + 500 + 1_001 + 200, found.balance(1));
    }

    private void deposits(int count) {
        Books found = new Books(config, SHARD);
        try (Journal journal = store.openJournal(SHARD, found)) {
            for (int i = 0; i < count; i++) {
                Entry entry = new Entry(Kind.DEPOSIT, 100 + i, 1, 1, 1, 0);
                journal.append(entry);
                found.redo(entry);
            }
        }
    }

    @Test
    void aPageOfZerosBeforeTheLastRecordIsRefused() throws IOException {
        byte[] damaged = pristine.clone();
        Arrays.fill(damaged, entriesBegin + RECORD_BYTES, end - RECORD_BYTES, (byte) 0);
        Files.write(file, damaged);

        assertRefused(entriesBegin + RECORD_BYTES, "zeros");
    }

    @Test
    void whatWasWrittenWholeButDoesNotFollowIsRefused() throws IOException {
        List<Entry> impossible = List.of(
                new Entry(Kind.DEPOSIT, 1, 0, 0, 5, 0),
                new Entry(Kind.DEPOSIT, 1, 7, 7, 5, 0),
                new Entry(Kind.DEPOSIT, 1, -1, -1, 5, 0),
                new Entry(Kind.DEPOSIT, 1, 1, 3, 5, 0),
                new Entry(Kind.DEPOSIT, 1, 1, 1, 0, 0),
                new Entry(Kind.DEPOSIT, 1, 1, 1, -5, 0),
                new Entry(Kind.DEPOSIT, 1, 1, 1, Long.MAX_VALUE, 0),
                new Entry(Kind.WITHDRAW, 1, 3, 3, 1_001, 0),
                new Entry(Kind.WITHDRAW, 1, 3, 1, 5, 0),
                new Entry(Kind.MOVE, 1, 3, 3, 5, 0),
                new Entry(Kind.MOVE, 1, 3, 2, 5, 0),
                new Entry(Kind.MOVE, 1, 3, Integer.MAX_VALUE, 5, 0),
                new Entry(Kind.DEBIT, 1, 3, 5, 5, 2),
                new Entry(Kind.DEBIT, 1, 3, 2, 5, 1),
                new Entry(Kind.DEBIT, 1, 3, 2, 1_000, 2),
                new Entry(Kind.CREDIT, 1, 3, 2, 5, 1),
                new Entry(Kind.CREDIT, 1, 3, 2, 5, 3),
                new Entry(Kind.CREDIT, 1, 3, 5, 5, 2),
                new Entry(Kind.SETTLE, 1, 3, 2, 70, 1));
        for (Entry entry : impossible) {
            appendWhole(new EntryCodec().encode(entry));

            assertRefused(end, entry.toString());
        }
    }

    @Test
    void entriesOfAnotherVersionAreRefused() throws IOException {
        for (int[] change : new int[][] {{0, 0}, {0, 7}, {0, -1}, {12, 1}}) {
            byte[] entry = new EntryCodec().encode(ENTRIES.getFirst());
            littleEndian(entry).putInt(change[0], change[1]);
            appendWhole(entry);

            assertRefused(end, Arrays.toString(change));
        }
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void appendWhole(byte[] payload) throws IOException {
        Files.write(file, pristine);
        try (Segment segment = Segment.open(file)) {
            segment.continueAt(end);
            segment.append(payload, payload.length);
        }
    }

    @Test
    void snapshotsThatWereWrittenWholeButCannotBeTrueAreRefused() throws IOException {
        Books source = new Books(config, SHARD);
        source.redo(ENTRIES.get(1));
        byte[] snapshot = new Replay(config, SHARD, source).snapshot(1);
        List<String> changes = List.of(
                "magic 0",
                "number 8",
                "shard 16",
                "shards 20",
                "balance 44",
                "credited 60",
                "last 76",
                "count 80",
                "transfer 84",
                "from 100",
                "to 104",
                "amount 112",
                "count 124");
        for (String change : changes) {
            byte[] changed = snapshot.clone();
            int at = Integer.parseInt(change.substring(change.indexOf(' ') + 1));
            littleEndian(changed).putInt(at, Integer.MIN_VALUE + 5);

            assertSnapshotRefused(changed, change);
        }
        assertSnapshotRefused(Arrays.copyOf(snapshot, snapshot.length - 8), "too short");
        assertSnapshotRefused(Arrays.copyOf(snapshot, snapshot.length + 8), "too long");
    }

    private void assertSnapshotRefused(byte[] snapshot, String damage) throws IOException {
        Files.delete(file);
        try (Segment segment = Segment.create(file, 4_096)) {
            segment.append(snapshot, snapshot.length);
        }

        assertRefused(0, damage);
    }

    @Test
    void aSegmentOfAnotherShardOrNumberIsRefused() throws IOException {
        Path renamed = SegmentFolder.of(directory, SHARD).file(2);
        Files.move(file, renamed);
        file = renamed;

        assertRefused(0, "renamed");
    }
}
