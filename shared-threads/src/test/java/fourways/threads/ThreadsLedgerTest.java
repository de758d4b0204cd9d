package fourways.threads;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command;
import fourways.workload.Command.Locate;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Command.Transfer;
import fourways.workload.JournalMode;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerOpenException;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Located;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ThreadsLedgerTest {

    private static final int SHARDS = 8;

    @TempDir
    Path temporary;

    private LedgerConfig config() {
        return LedgerConfig.in(temporary.resolve("ledger")).withAccounts(80, SHARDS);
    }

    @Test
    void transfersInOppositeDirectionsDoNotDeadlock() {
        try (Ledger ledger = new ThreadsArchitecture().open(config().withCapacity(20_000))) {
            List<CompletableFuture<Outcome>> answers = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                answers.add(ledger.submit(new Transfer(2L * i, 0, 1, 1)));
                answers.add(ledger.submit(new Transfer(2L * i + 1, 1, 0, 1)));
            }

            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                    .orTimeout(60, SECONDS)
                    .join();

            assertTrue(answers.stream().allMatch(answer -> answer.join() instanceof Accepted));
            assertEquals(new Accepted(100_000), answer(ledger, new ReadBalance(-1, 0)));
        }
    }

    @Test
    void nobodySeesAShardHalfChangedWhileItsNeighborsServe() {
        try (Ledger ledger = new ThreadsArchitecture().open(config())) {
            List<CompletableFuture<Outcome>> reads = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                CompletableFuture<Outcome> sabotage = ledger.submit(new Sabotage(-i, 0, "exception"));
                for (int j = 0; j < SHARDS; j++) {
                    reads.add(ledger.submit(new ReadBalance(i * (long) SHARDS + j, j)));
                }
                assertInstanceOf(Indeterminate.class, answer(sabotage));
            }

            for (CompletableFuture<Outcome> read : reads) {
                assertEquals(new Accepted(100_000), answer(read));
            }
        }
    }

    @Test
    void everyShardIsServedByThePoolInThisProcess() {
        try (Ledger ledger = new ThreadsArchitecture().open(config())) {
            for (int shard = 0; shard < SHARDS; shard++) {
                Located located = assertInstanceOf(Located.class, answer(ledger, new Locate(shard, shard)));

                assertEquals(ProcessHandle.current().pid(), located.pid());
                assertTrue(located.threadName().startsWith("ledger-pool-"), located.threadName());
            }
        }
    }

    @Test
    void aStuckRequestDoesNotKeepTheDirectoryWhenTheLedgerCloses() {
        Ledger stuck = new ThreadsArchitecture().open(config());
        answer(stuck, new Command.Deposit(1, 0, 5));
        CompletableFuture<Outcome> never = stuck.submit(new Sabotage(2, 0, "blocking-call"));

        stuck.close();

        assertInstanceOf(Indeterminate.class, answer(never));
        try (Ledger next = new ThreadsArchitecture().open(config())) {
            assertEquals(new Accepted(100_005), answer(next, new ReadBalance(3, 0)));
        }
    }

    @Test
    void neitherCloseNorAFailedOpenLeavesAThreadBehind() throws IOException {
        Set<String> before = poolThreads();
        Path file = Files.writeString(temporary.resolve("file"), "");

        new ThreadsArchitecture().open(config()).close();
        assertThrows(
                LedgerOpenException.class,
                () -> new ThreadsArchitecture().open(config().withJournal(JournalMode.PROCESS, file)));

        Awaitility.await().atMost(10, SECONDS).untilAsserted(() -> assertEquals(before, poolThreads()));
    }

    private static Set<String> poolThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("ledger-"))
                .collect(Collectors.toSet());
    }

    private static Outcome answer(Ledger ledger, Command command) {
        return answer(ledger.submit(command));
    }

    private static Outcome answer(CompletableFuture<Outcome> future) {
        return future.orTimeout(20, SECONDS).join();
    }
}
