package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.Locate;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Located;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The worker that stands by, as the system sees it: a child process that owns no shard. There are two workers with a shard each. */
class WarmSpareTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int WORKERS = 2;

    @TempDir
    Path temporary;

    private final Set<Long> before = children();
    private WarmSpare spare;
    private Ledger ledger;

    @BeforeEach
    void open() {
        LedgerConfig config = LedgerConfig.in(temporary.resolve("ledger"))
                .withAccounts(WORKERS, WORKERS)
                .withWorkers(WORKERS)
                .withVariant("hardened");
        Policies policies = Policies.hardened(config, Worker.class);
        spare = (WarmSpare) policies.recruits();
        ledger = new ProcessLedger(config, () -> policies);
    }

    @AfterEach
    void nobodyIsLeft() {
        ledger.close();

        assertEquals(before, children());
    }

    @Test
    void theSpareTakesOverWhatAKilledWorkerOwnedAndAnotherStandsBy() throws Exception {
        assertInstanceOf(Accepted.class, answer(new Deposit(1, 0, 42)));
        long standby = awaitReadySpare();

        Signals.send("KILL", pid(0));

        Awaitility.await()
                .atMost(SOON)
                .until(() -> answer(new ReadBalance(2, 0)).equals(new Accepted(100_042)));
        assertEquals(standby, pid(0));
        assertTrue(awaitReadySpare() != standby);
    }

    @Test
    void aSpareThatHangsIsReplacedAndKeepsNobodyWaiting() throws Exception {
        long standby = awaitReadySpare();

        Signals.send("STOP", standby);

        Awaitility.await().atMost(SOON).until(() -> !children().contains(standby));
        long next = awaitReadySpare();
        Signals.send("KILL", pid(1));
        Awaitility.await()
                .atMost(SOON)
                .until(() -> answer(new ReadBalance(2, 1)).equals(new Accepted(100_000)));
        assertEquals(next, pid(1));
    }

    @Test
    void whenTheSpareIsLostTogetherWithAWorkerAnotherIsStartedFromNothing() throws Exception {
        long standby = awaitReadySpare();
        Signals.send("STOP", standby);

        Signals.send("KILL", pid(0));

        Awaitility.await()
                .atMost(SOON)
                .until(() -> answer(new ReadBalance(2, 0)).equals(new Accepted(100_000)));
        Awaitility.await().atMost(SOON).until(() -> !children().contains(standby));
    }

    @Test
    void aSpareThatHasNotPractisedEnoughCanBeHadAsWell() throws IOException {
        RunDirectory run = RunDirectory.create();
        LedgerConfig config = LedgerConfig.in(temporary.resolve("other")).withVariant("hardened");
        Launch launch = new HardenedLaunch(WorkerSettings.of(config), Worker.class, run);
        Spare.Practice endless = new Spare.Practice(Integer.MAX_VALUE, Duration.ofDays(1));
        try (WarmSpare practising = new WarmSpare(launch, run, config.deadlineMillis(), endless)) {
            practising.allServe();

            Awaitility.await().atMost(SOON).until(() -> isHad(practising.standby()));

            assertFalse(practising.isReady());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, Integer.MAX_VALUE})
    void whoeverAsksGetsAWorkerOfHisOwn(int rounds) throws Exception {
        RunDirectory run = RunDirectory.create();
        LedgerConfig config = LedgerConfig.in(temporary.resolve("other")).withVariant("hardened");
        Launch launch = new HardenedLaunch(WorkerSettings.of(config), Worker.class, run);
        List<WorkerProcess> had = new CopyOnWriteArrayList<>();
        try (WarmSpare spares =
                new WarmSpare(launch, run, config.deadlineMillis(), new Spare.Practice(rounds, Duration.ofDays(1)))) {
            spares.allServe();
            Awaitility.await().atMost(SOON).until(spares::standby, worker -> worker != null && had.add(worker));

            // Nobody has had time to start another spare.
            had.add(spares.next());
            CompletableFuture.allOf(Stream.generate(() -> askedForOne(spares, had))
                            .limit(3)
                            .toArray(CompletableFuture[]::new))
                    .orTimeout(SOON.toSeconds(), TimeUnit.SECONDS)
                    .join();

            assertEquals(5, had.stream().map(WorkerProcess::pid).distinct().count(), () -> had.size() + " had");
        } finally {
            had.forEach(WorkerProcess::close);
        }
    }

    private static CompletableFuture<Void> askedForOne(WarmSpare spares, List<WorkerProcess> had) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        had.add(spares.next());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                task -> Thread.ofPlatform().daemon().start(task));
    }

    private static boolean isHad(@Nullable WorkerProcess worker) {
        if (worker != null) {
            worker.close();
        }
        return worker != null;
    }

    @Test
    void workersHaveTheDescriptorsTheyNeedAndNoMore() throws IOException {
        Path limits = Path.of("/proc", Long.toString(pid(0)), "limits");

        assertTrue(
                Files.readAllLines(limits).stream().anyMatch(line -> line.matches("Max open files +132 +132 +files *")),
                () -> "132 for " + limits);
    }

    /** The process id of a spare that has practised. */
    private long awaitReadySpare() {
        Awaitility.await().atMost(SOON).until(spare::isReady);
        Set<Long> spares = children();
        spares.removeAll(before);
        for (int shard = 0; shard < WORKERS; shard++) {
            spares.remove(pid(shard));
        }
        assertEquals(1, spares.size());
        return spares.iterator().next();
    }

    private static Set<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    private long pid(int shard) {
        return assertInstanceOf(Located.class, answer(new Locate(9, shard))).pid();
    }

    private Object answer(fourways.workload.Command command) {
        return ledger.submit(command)
                .orTimeout(SOON.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
