package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fourways.workload.Entry.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal in its ordinary life: written, rolled, closed, opened again. */
class MappedJournalTest {

    private static final int SHARD = 1;

    @TempDir
    private Path directory;

    private LedgerConfig config;

    @BeforeEach
    void makeConfig() {
        config = LedgerConfig.in(directory.resolve("ledger"))
                .withAccounts(10, 2)
                .withCapacity(4)
                .withSegments(4_096, false);
    }

    private static Entry deposit(long id) {
        return new Entry(Kind.DEPOSIT, id, 3, 3, id, 0);
    }

    private void deposit(int from, int to) {
        try (LedgerStore store = LedgerStore.open(config)) {
            Books books = new Books(config, SHARD);
            try (Journal journal = store.openJournal(SHARD, books)) {
                for (int id = from; id <= to; id++) {
                    journal.append(deposit(id));
                    books.redo(deposit(id));
                }
            }
        }
    }

    private Books reopened() {
        try (LedgerStore store = LedgerStore.open(config)) {
            Books books = new Books(config, SHARD);
            store.openJournal(SHARD, books).close();
            return books;
        }
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("ledger/shard-0001"))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatWasAppendedIsThereAfterOpeningAgain() {
        deposit(1, 20);

        assertEquals(config.initialBalanceCents() + 210, reopened().balance(3));
    }

    @Test
    void thousandsOfSegmentsLaterTwoFilesAreLeftAndTheBooksAreTheSame() throws IOException {
        deposit(1, 100_000);

        assertEquals(
                config.initialBalanceCents() + 100_000L * 100_001 / 2,
                reopened().balance(3));
        assertEquals(2, segments().size());
        assertTrue(segments().getFirst().getFileName().toString().compareTo("0000001000.log") > 0);
    }

    @Test
    void filesThatWereKeptAreRemovedWhenTheyAreNotAnyMore() throws IOException {
        config = config.withSegments(4_096, true);
        deposit(1, 1_000);
        assertTrue(segments().size() > 10);

        config = config.withSegments(4_096, false);
        deposit(1_001, 1_200);

        assertEquals(2, segments().size());
        assertEquals(
                config.initialBalanceCents() + 1_200L * 1_201 / 2, reopened().balance(3));
    }

    @Test
    void aFileThatIsTooSmallByNowIsNotUsedAgain() throws IOException {
        deposit(1, 1_000);
        config = config.withSegments(65_536, false);

        deposit(1_001, 6_000);

        for (Path segment : segments()) {
            assertEquals(65_536, Files.size(segment));
        }
    }

    @Test
    void whoClosesAJournalKeepsNoFileOfItInMemory() throws IOException {
        Path maps = Path.of("/proc/self/maps");
        assumeTrue(Files.exists(maps), "only Linux tells what a process has mapped");

        deposit(1, 1_000);

        assertFalse(Files.readString(maps).contains(directory.toString()));
    }

    @Test
    void segmentsAreKeptOnDemandAndShowEveryEntryInOrder() throws IOException {
        config = config.withSegments(4_096, true);
        deposit(1, 1_000);
        long[] next = {1};

        JournalAudit.Result result = JournalAudit.read(config, SHARD, new JournalAudit.Visitor() {
            @Override
            public void entry(Entry entry, Path segment, long offset) {
                assertEquals(deposit(next[0]++), entry);
            }

            @Override
            public void contradiction(Path segment, String what) {
                throw new AssertionError(segment + " " + what);
            }
        });

        assertEquals(1_001, next[0]);
        assertTrue(result.complete());
        assertEquals(
                config.initialBalanceCents() + 1_000L * 1_001 / 2,
                result.books().balance(3));
        assertTrue(segments().size() > 10);
    }
}
