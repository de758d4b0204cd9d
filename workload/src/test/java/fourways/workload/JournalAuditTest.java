package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.Transfer;
import fourways.workload.Entry.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an audit sees in the journals of a ledger that has been closed. */
class JournalAuditTest {

    @TempDir
    private Path directory;

    private LedgerConfig config;
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> contradictions = new ArrayList<>();

    private final JournalAudit.Visitor visitor = new JournalAudit.Visitor() {
        @Override
        public void entry(Entry entry, Path segment, long offset) {
            entries.add(entry);
            try (Segment file = Segment.openReadOnly(segment)) {
                EntryCodec codec = new EntryCodec();
                assertTrue(file.read(offset, codec.bytes()), "a record begins at the offset");
                assertEquals(entry, codec.decode());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void contradiction(Path segment, String what) {
            contradictions.add(segment.getFileName() + ": " + what);
        }
    };

    @BeforeEach
    void makeConfig() {
        config = LedgerConfig.in(directory)
                .withAccounts(4, 2)
                .withCapacity(4)
                .withInitialBalanceCents(1_000)
                .withSegments(4_096, true);
    }

    private void deposits(int count) {
        try (ShardCluster cluster = new ShardCluster(config)) {
            for (int id = 1; id <= count; id++) {
                cluster.call(new Deposit(id, 1, 1));
            }
        }
    }

    private Path segment(long number) {
        return SegmentFolder.of(directory, 1).file(number);
    }

    /** Writes a segment with entries as it would be if its predecessor's entries had come to these books. */
    private void rewrite(long number, Books opening, Entry... content) throws IOException {
        Files.deleteIfExists(segment(number));
        try (Segment segment = Segment.create(segment(number), 4_096)) {
            byte[] snapshot = new Replay(config, 1, opening).snapshot(number);
            segment.append(snapshot, snapshot.length);
            for (Entry entry : content) {
                segment.append(new EntryCodec().encode(entry), EntryCodec.BYTES);
            }
        }
    }

    @Test
    void moneyUnderWayIsInTheOutboxOfTheSource() {
        try (ShardCluster cluster = new ShardCluster(config)) {
            assertFalse(cluster.submit(new Transfer(1, 1, 2, 30)).isDone());
        }

        Books books = JournalAudit.read(config, 1, visitor).books();

        assertEquals(970, books.balance(1));
        assertEquals(1, books.outbox().size());
        assertEquals(2_000, books.holdingsCents());
        assertEquals(List.of(new Entry(Kind.DEBIT, 1, 1, 2, 30, 1)), entries);
        assertEquals(0, JournalAudit.read(config, 0, visitor).books().lastCredited(1));
    }

    @Test
    void aShardThatWasNeverOpenedHasNewBooks() {
        LedgerStore.open(config).close();

        JournalAudit.Result result = JournalAudit.read(config, 1, visitor);

        assertTrue(result.complete());
        assertEquals(2_000, result.books().holdingsCents());
    }

    @Test
    void whereSegmentsWereDroppedTheBooksAreRightAndTheResultSaysSo() {
        config = config.withSegments(4_096, false);
        deposits(500);

        JournalAudit.Result result = JournalAudit.read(config, 1, visitor);

        assertFalse(result.complete());
        assertEquals(1_500, result.books().balance(1));
        assertTrue(entries.size() < 100);
        assertEquals(List.of(), contradictions);
    }

    @Test
    void nothingIsChangedAndNoLockIsTaken() throws IOException {
        deposits(500);
        byte[] torn = Files.readAllBytes(segment(1));
        Map<String, Long> before = filesAndTimes();
        try (LedgerStore store = LedgerStore.open(config)) {
            Map<String, Long> opened = filesAndTimes();

            JournalAudit.read(config, 1, visitor);

            assertEquals(opened, filesAndTimes());
            Shard.open(store, 1, new ShardCluster(config.withJournal(JournalMode.MEMORY, null)))
                    .close();
        }
        assertEquals(before.keySet(), filesAndTimes().keySet());
        assertEquals(ByteBuffer.wrap(torn), ByteBuffer.wrap(Files.readAllBytes(segment(1))));
    }

    private Map<String, Long> filesAndTimes() throws IOException {
        Map<String, Long> times = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                times.put(file.toString(), Files.getLastModifiedTime(file).toMillis());
            }
        }
        return times;
    }

    @Test
    void aSnapshotThatIsNotWhatTheEntriesComeToIsAContradiction() throws IOException {
        deposits(10);
        Books tenDeposits = JournalAudit.read(config, 1, visitor).books();
        tenDeposits.disturb(7);
        rewrite(2, tenDeposits);

        Books books = JournalAudit.read(config, 1, visitor).books();

        assertEquals(
                List.of("0000000002.log: it opens with account 1 at 1017 cents, the entries before it come to 1010"),
                contradictions);
        assertEquals(1_017, books.balance(1), "as the shard would have it");
    }

    @Test
    void aSnapshotWithOtherTransfersUnderWayIsAContradiction() throws IOException {
        deposits(10);
        Books books = JournalAudit.read(config, 1, visitor).books();
        books.redo(new Entry(Kind.DEBIT, 100, 1, 2, 5, 1));
        books.redo(new Entry(Kind.DEPOSIT, 101, 1, 1, 5, 0));
        rewrite(2, books);

        JournalAudit.read(config, 1, visitor);

        assertEquals(
                List.of("0000000002.log: it opens with other books than the entries before it come to"),
                contradictions);
    }

    @Test
    void aMissingSegmentIsAContradiction() throws IOException {
        deposits(300);
        Files.delete(segment(2));

        JournalAudit.read(config, 1, visitor);

        assertEquals(List.of("0000000003.log: segment 2 before it is missing"), contradictions);
    }

    @Test
    void aTornTailIsNoDamageInTheNewestSegmentAndIsDamageInAnOlderOne() throws IOException {
        deposits(1);
        tear(segment(1));
        assertEquals(1_000, JournalAudit.read(config, 1, visitor).books().balance(1));

        rewrite(2, new Books(config, 1));
        JournalDamagedException damage =
                assertThrows(JournalDamagedException.class, () -> JournalAudit.read(config, 1, visitor));

        assertTrue(String.valueOf(damage.getMessage()).contains(segment(1).toString()));
    }

    /** Flips a bit in the last entry. */
    private static void tear(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int last = bytes.length - 1;
        while (bytes[last] == 0) {
            last--;
        }
        bytes[last] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void anImpossibleLengthInAnOlderSegmentIsDamage() throws IOException {
        deposits(1);
        byte[] bytes = Files.readAllBytes(segment(1));
        int end = 2 * 8 + new Replay(config, 1, new Books(config, 1)).snapshot(1).length + EntryCodec.BYTES;
        bytes[end + 3] = 0x7f;
        Files.write(segment(1), bytes);
        Books books = JournalAudit.read(config, 1, visitor).books();
        rewrite(2, books);

        JournalDamagedException damage =
                assertThrows(JournalDamagedException.class, () -> JournalAudit.read(config, 1, visitor));

        assertTrue(String.valueOf(damage.getMessage()).contains(segment(1) + " at offset " + end));
    }

    @Test
    void memoryLeavesNothingToRead() {
        assertThrows(IllegalArgumentException.class, () -> JournalAudit.read(LedgerConfig.inMemory(), 0, visitor));
    }
}
