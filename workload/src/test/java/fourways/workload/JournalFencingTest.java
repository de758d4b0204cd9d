package fourways.workload;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Entry.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A journal is taken from an owner in the middle of its work, and given to another one: of the first nothing is lost that was said, and nothing is added. */
class JournalFencingTest {

    private static final int SHARD = 1;
    private static final int ACCOUNT = 3;
    private static final int ROUNDS = 150;

    @TempDir
    private Path directory;

    /** Appends one cent after the other until it is kept from it. */
    private static final class Owner {
        private final Journal journal;
        private final Books books;
        private final AtomicLong said = new AtomicLong();
        private final CompletableFuture<Void> end;

        Owner(LedgerStore store) {
            books = new Books(store.config(), SHARD);
            journal = store.openJournal(SHARD, books);
            end = CompletableFuture.runAsync(
                    this::work,
                    task -> Thread.ofPlatform().daemon().name("owner").start(task));
        }

        private void work() {
            long cents = balance(books);
            while (true) {
                Entry entry = new Entry(Kind.DEPOSIT, cents, ACCOUNT, ACCOUNT, 1, 0);
                journal.append(entry);
                books.redo(entry);
                long balance = ++cents;
                journal.whenDurable(() -> said.set(balance));
            }
        }
    }

    private static long balance(Books books) {
        return books.balance(ACCOUNT);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "MEMORY")
    void theNextOwnerFindsAllThatWasSaidAndTheFormerAddsNothing(JournalMode mode) throws Exception {
        LedgerConfig config = LedgerConfig.in(directory.resolve("ledger"))
                .withJournal(mode, directory.resolve("ledger"))
                .withAccounts(10, 2)
                .withCapacity(4)
                .withSegments(4_096, false);
        try (LedgerStore store = LedgerStore.open(config)) {
            for (int round = 0; round < ROUNDS; round++) {
                Owner former = new Owner(store);
                long enough = balance(former.books) + round;
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(1))
                        .atMost(20, SECONDS)
                        .until(() -> former.said.get() > enough);

                former.journal.close();
                Books found = new Books(config, SHARD);
                try (Journal next = store.openJournal(SHARD, found)) {
                    Entry entry = new Entry(Kind.DEPOSIT, 0, ACCOUNT, ACCOUNT, 1, 0);
                    next.append(entry);
                    long whenTaken = balance(found);
                    found.redo(entry);

                    ExecutionException kept = assertThrows(ExecutionException.class, () -> former.end.get(20, SECONDS));

                    assertInstanceOf(IllegalStateException.class, kept.getCause());
                    assertThrows(IllegalStateException.class, () -> former.journal.append(entry));
                    assertTrue(former.said.get() <= whenTaken, former.said + " said, " + whenTaken + " found");
                }
                Books again = new Books(config, SHARD);
                store.openJournal(SHARD, again).close();
                assertEquals(balance(found), balance(again), "round " + round);
            }
        }
    }
}
