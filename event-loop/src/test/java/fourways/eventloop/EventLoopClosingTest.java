package fourways.eventloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a ledger gives back what it took: threads, files, and the directory, also when a loop does not let go. */
class EventLoopClosingTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private LedgerConfig config;
    private Set<Thread> threadsBefore;

    @BeforeEach
    void configure() {
        config = LedgerConfig.in(directory.resolve("ledger")).withAccounts(8, 8).withInitialBalanceCents(1_000);
        threadsBefore = Thread.getAllStackTraces().keySet();
    }

    @Test
    void noThreadOfVertxStaysBehind() {
        Ledger ledger = open(config);
        answer(ledger.submit(new Deposit(1, 0, 1)));
        Ledger floor = EventLoopFloor.onLoops(config);
        answer(floor.submit(new Deposit(2, 0, 1)));

        ledger.close();
        floor.close();

        assertThreadsLeft(0);
    }

    @Test
    void vertxMakesNoTemporaryFiles() throws IOException {
        Set<Path> before = temporaryFilesOfVertx();
        try (Ledger ledger = open(config)) {
            answer(ledger.submit(new Deposit(1, 0, 1)));

            Set<Path> during = temporaryFilesOfVertx();

            during.removeAll(before);
            assertEquals(Set.of(), during);
        }
    }

    private static Set<Path> temporaryFilesOfVertx() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.toString().contains("vertx")).collect(Collectors.toSet());
        }
    }

    @Test
    void aShardThatCannotBeOpenedLeavesNothingHalfOpen() throws IOException {
        open(config).close();
        Path journal = someJournalOf(directory.resolve("ledger"));
        byte[] intact = Files.readAllBytes(journal);
        Files.write(journal, new byte[intact.length]);

        RuntimeException refused = assertThrows(RuntimeException.class, () -> open(config));

        assertTrue(String.valueOf(refused.getMessage()).contains(journal.toString()), refused::toString);
        assertThreadsLeft(0);
        Files.write(journal, intact);
        open(config).close();
    }

    @Test
    void closeIsBoundedWhileALoopSpinsAndTheLoopCanDoNoHarmWhenItComesBack() {
        AtomicBoolean released = new AtomicBoolean();
        try {
            EventLoopLedger ledger = open(config);
            answer(ledger.submit(new Deposit(1, 0, 1)));
            owner(ledger, 0).post(task -> spinUntil(released));
            CompletableFuture<Outcome> outstanding = ledger.submit(new Deposit(2, 0, 10));
            Thread stuck = owner(ledger, 0).loop();
            assertNotNull(stuck);

            assertTimeoutPreemptively(SOON, ledger::close);

            assertInstanceOf(Indeterminate.class, answer(outstanding));
            // The stuck loop's own, and that of Vert.x which warns of it.
            assertThreadsLeft(2);
            try (Ledger reopened = open(config)) {
                assertEquals(new Accepted(1_101), answer(reopened.submit(new Deposit(3, 0, 100))));
                released.set(true);
                Awaitility.await().atMost(SOON).until(() -> !stuck.isAlive());
                assertEquals(new Accepted(1_101), answer(reopened.submit(new ReadBalance(4, 0))));
            }
            assertThreadsLeft(0);
        } finally {
            released.set(true);
        }
    }

    @Test
    void whereOneLoopIsStuckTheOthersEnd() {
        List<Probe> verticles = Stream.generate(Probe::new).limit(4).toList();
        Loops<Probe> loops = Loops.start(verticles);
        AtomicBoolean released = new AtomicBoolean();
        try {
            // Of all loops the one that Vert.x uses on behalf of this very thread.
            Thread ours = loops.of(0).loopOfCaller();
            Probe stuck = verticles.stream()
                    .filter(verticle -> ours.equals(verticle.loop()))
                    .findFirst()
                    .orElseThrow();
            stuck.post(task -> spinUntil(released));

            assertTimeout(SOON, loops::close);

            assertThreadsLeft(2);
            released.set(true);
            assertThreadsLeft(0);
        } finally {
            released.set(true);
        }
    }

    private static final class Probe extends LoopVerticle {
        Thread loopOfCaller() {
            CompletableFuture<Thread> loop = new CompletableFuture<>();
            vertx.runOnContext(task -> loop.complete(Thread.currentThread()));
            return loop.orTimeout(20, TimeUnit.SECONDS).join();
        }
    }

    private void assertThreadsLeft(int expected) {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertEquals(
                        expected,
                        threadsOfVertx().size(),
                        () -> threadsOfVertx().toString()));
    }

    /** Those of this test: all that have come since, and are named like Vert.x's. */
    private Set<Thread> threadsOfVertx() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !threadsBefore.contains(thread))
                .filter(thread -> thread.getName().startsWith("vert"))
                .collect(Collectors.toSet());
    }

    private static Path someJournalOf(Path ledger) throws IOException {
        try (Stream<Path> files = Files.walk(ledger)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !ledger.equals(file.getParent()))
                    .filter(file -> !file.endsWith("lock"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static EventLoopLedger open(LedgerConfig config) {
        return new EventLoopLedger(config, Policies.plain());
    }

    private static LedgerVerticle owner(EventLoopLedger ledger, int shard) {
        return (LedgerVerticle) ledger.owners().of(shard);
    }

    private static void spinUntil(AtomicBoolean released) {
        while (!released.get()) {
            Thread.onSpinWait();
        }
    }

    private static Outcome answer(CompletableFuture<Outcome> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }
}
