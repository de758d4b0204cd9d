package fourways.workload;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every ledger must hold on to, whatever its architecture: under many clients at once, with money crossing shards in all directions, and when its JVM is
 * killed at work. After each run everything that clients sent and heard is held against the live balances and against the journals, command by command.
 */
public abstract class LedgerDurabilityContractTest {

    private static final int CLIENTS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path temporary;

    protected abstract Architecture architecture();

    /** The variant under test. */
    protected String variant() {
        return architecture().variants().getFirst();
    }

    /** Few accounts, so that clients meet; small segments, so that journals roll all the time; every segment kept, so that all can be checked. */
    static LedgerConfig config(Path directory, String variant) {
        return LedgerConfig.in(directory)
                .withAccounts(1_000, 16)
                .withSegments(1 << 18, true)
                .withVariant(variant);
    }

    private LedgerConfig config() {
        return config(temporary.resolve("ledger"), variant());
    }

    @Test
    void manyClientsAtOnceLoseNothing() throws Exception {
        Load load = Load.standard(config(), 11);

        runClients(load, 20_000);
    }

    @Test
    void transfersStormingBetweenAllShardsKeepEveryCent() throws Exception {
        Load load = Load.standard(config(), 12)
                .withMix(new Mix(0, 0, 1, 0))
                .withCrossShardShare(1)
                .withChoice(AccountChoice.zipf(config().accounts(), 0.9));

        runClients(load, 20_000);
    }

    private void runClients(Load load, int commandsEach) throws Exception {
        History history = new History((long) CLIENTS * commandsEach);
        try (Ledger ledger = architecture().open(config());
                ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<LoopResult>> runs = IntStream.range(0, CLIENTS)
                    .mapToObj(client -> clients.submit(() ->
                            ClosedLoop.run(ledger, load, history, plan((long) client * commandsEach, commandsEach))))
                    .toList();
            for (Future<LoopResult> run : runs) {
                assertEquals(0, run.get().unanswered());
            }

            assertValid(load, history, ledger);
        }
    }

    private static LoopPlan plan(long firstId, long commands) {
        return new LoopPlan(64, firstId, commands, Duration.ZERO, Duration.ofSeconds(60), Duration.ofSeconds(30));
    }

    @Test
    void everythingAcknowledgedIsThereExactlyOnceAfterTheJvmWasKilledUnderLoad() throws Exception {
        Load load = Load.standard(config(), 13).withCrossShardShare(0.5);
        Path file = temporary.resolve("history");
        History history = History.in(file, LoadedLedgerMain.MAX_COMMANDS);

        for (int round = 0; round < 3; round++) {
            long firstId = history.end();
            Process jvm = startLoadedLedger(file, load.seed(), firstId);
            try {
                Awaitility.await().atMost(60, SECONDS).until(() -> history.end() > firstId + 20_000);
            } finally {
                jvm.destroyForcibly().waitFor();
            }
            architecture().open(config()).close();
            long totalCents = JournalSums.totalCents(config());
            try (Ledger reopened = architecture().open(config())) {
                // Money that was under way when the JVM died arrives a moment after the ledger has opened.
                Awaitility.await().atMost(30, SECONDS).until(() -> liveCents(reopened) == totalCents);
                assertValid(load, history, reopened);
            }
        }
    }

    private void assertValid(Load load, History history, Ledger ledger) throws InterruptedException {
        LiveBalances live = LiveBalances.read(ledger, config(), PATIENCE);
        ledger.close();

        Verdict verdict = Checker.check(config(), load, history, live);

        assertTrue(verdict.isValid(), verdict::toString);
        assertTrue(verdict.everyCommand(), verdict::toString);
        assertEquals(config().accounts(), verdict.liveAccounts(), verdict::toString);
    }

    private long liveCents(Ledger ledger) throws InterruptedException {
        LiveBalances live = LiveBalances.read(ledger, config(), PATIENCE);
        assertEquals(config().accounts(), live.known());
        return IntStream.range(0, config().accounts()).mapToLong(live::cents).sum();
    }

    private Process startLoadedLedger(Path history, long seed, long firstId) throws IOException {
        List<String> command = new ArrayList<>(JavaCommand.running(LoadedLedgerMain.class));
        command.addAll(List.of(
                architecture().getClass().getName(),
                variant(),
                temporary.resolve("ledger").toString(),
                history.toString(),
                Long.toString(seed),
                Long.toString(firstId)));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
