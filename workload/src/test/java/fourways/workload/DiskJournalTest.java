package fourways.workload;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Entry.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal that survives the machine: what has been told is on the disk, as the kernel sees it. */
class DiskJournalTest {

    private static final int SHARD = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private LedgerConfig config;
    private Path newest;

    @BeforeEach
    void makeConfig() throws IOException {
        DirtyPages.assumeKnown();
        Path probe = directory.resolve("probe");
        try (Segment segment = Segment.create(probe, 4_096)) {
            segment.force();
            DirtyPages.assumeClean(probe);
        }
        Files.delete(probe);
        config = LedgerConfig.in(directory.resolve("ledger"))
                .withJournal(JournalMode.DISK, directory.resolve("ledger"))
                .withAccounts(4, 2)
                .withCapacity(4)
                .withSegments(65_536, false);
        newest = SegmentFolder.of(directory.resolve("ledger"), SHARD).file(1);
    }

    private static Entry deposit(long id) {
        return new Entry(Kind.DEPOSIT, id, 3, 3, 1, 0);
    }

    private long dirtyKibibytes() {
        try {
            return DirtyPages.kibibytesOf(newest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anEffectRunsOnTheCommittersThreadWhenTheEntryIsOnTheDisk() throws Exception {
        try (LedgerStore store = LedgerStore.open(config);
                Journal journal = store.openJournal(SHARD, new Books(config, SHARD))) {
            journal.append(deposit(1));
            assertNotEquals(0, dirtyKibibytes());
            CompletableFuture<List<Object>> seen = new CompletableFuture<>();

            journal.whenDurable(() -> seen.complete(
                    List.of(dirtyKibibytes(), Thread.currentThread().getName())));

            assertEquals(List.of(0L, "ledger-commit"), seen.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
    }

    @Test
    void whatIsFoundOnOpeningIsOnTheDiskBeforeItIsTold() {
        LedgerConfig notForced = config.withJournal(JournalMode.PROCESS, config.directory());
        try (LedgerStore store = LedgerStore.open(notForced);
                Journal journal = store.openJournal(SHARD, new Books(config, SHARD))) {
            journal.append(deposit(1));
        }

        try (LedgerStore store = LedgerStore.open(config)) {
            Books books = new Books(config, SHARD);
            try (Journal journal = store.openJournal(SHARD, books)) {
                assertEquals(config.initialBalanceCents() + 1, books.balance(3));
                assertEquals(0, dirtyKibibytes());
                assertFalse(journal.isClosed());
            }
        }
    }

    @Test
    void aSegmentIsOnTheDiskBeforeItIsUsed() {
        try (LedgerStore store = LedgerStore.open(config);
                Journal journal = store.openJournal(SHARD, new Books(config, SHARD))) {
            assertEquals(0, dirtyKibibytes());
            assertFalse(journal.isClosed());
        }
    }

    @Test
    void effectsThatWaitRunBeforeTheJournalIsClosed() {
        AtomicInteger run = new AtomicInteger();
        try (LedgerStore store = LedgerStore.open(config)) {
            try (Journal journal = store.openJournal(SHARD, new Books(config, SHARD))) {
                for (int i = 1; i <= 100; i++) {
                    journal.append(deposit(i));
                    journal.whenDurable(run::incrementAndGet);
                }
            }

            // All but the one that the committer may be in the middle of.
            assertTrue(run.get() >= 99, run::toString);
            await().atMost(PATIENCE).until(() -> run.get() == 100);
        }
    }

    @Test
    void rollingWhileTheCommitterForcesLosesNothing() throws Exception {
        LedgerConfig small = config.withSegments(4_096, false);
        int effects = 3_000;
        CompletableFuture<Integer> last = new CompletableFuture<>();
        try (LedgerStore store = LedgerStore.open(small)) {
            Books books = new Books(small, SHARD);
            try (Journal journal = store.openJournal(SHARD, books)) {
                int[] run = new int[1];
                for (int i = 1; i <= effects; i++) {
                    journal.append(deposit(i));
                    books.redo(deposit(i));
                    journal.whenDurable(() -> {
                        if (++run[0] == effects) {
                            last.complete(run[0]);
                        }
                    });
                }
                assertEquals(effects, last.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            }
            Books again = new Books(small, SHARD);
            store.openJournal(SHARD, again).close();
            assertEquals(small.initialBalanceCents() + effects, again.balance(3));
        }
    }
}
