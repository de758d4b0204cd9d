package fourways.process;

import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Checker;
import fourways.workload.ClosedLoop;
import fourways.workload.Command.Locate;
import fourways.workload.Command.ReadBalance;
import fourways.workload.History;
import fourways.workload.JournalSums;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.LiveBalances;
import fourways.workload.Load;
import fourways.workload.LoopPlan;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Located;
import fourways.workload.Tally;
import fourways.workload.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills workers at work, and then looks for each command that was sent in the journals. */
class WorkerKillTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int KILLS = 6;
    private static final int COMMANDS_BETWEEN = 10_000;

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"plain", "hardened"})
    void nothingAcknowledgedIsLostAndNothingAppliedTwiceWhenWorkersAreKilledUnderLoad(String variant) throws Exception {
        LedgerConfig config = LedgerConfig.in(temporary.resolve("ledger"))
                .withVariant(variant)
                .withAccounts(1_000, 16)
                .withSegments(1 << 18, true);
        Load load = Load.standard(config, 21).withCrossShardShare(0.5);
        History history = new History(20_000_000);
        LiveBalances live;
        try (Ledger ledger = new ProcessArchitecture().open(config)) {
            Thread client = Thread.ofPlatform()
                    .start(() -> ClosedLoop.run(
                            ledger,
                            load,
                            history,
                            new LoopPlan(256, 0, history.maxCommands(), Duration.ZERO, Duration.ofMinutes(2), SOON)));
            for (int kill = 0; kill < KILLS; kill++) {
                long acceptedBefore = accepted(history);
                Awaitility.await().atMost(SOON).until(() -> accepted(history) > acceptedBefore + COMMANDS_BETWEEN);
                int shard = kill;
                long victim = locate(ledger, shard).orElseThrow();

                ProcessHandle.of(victim).orElseThrow().destroyForcibly();

                Awaitility.await()
                        .atMost(SOON)
                        .until(() -> locate(ledger, shard)
                                .filter(pid -> pid != victim)
                                .isPresent());
            }
            client.interrupt();
            client.join();
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> Tally.of(history, 0, history.end()).unanswered() == 0);
        }
        long totalCents = JournalSums.totalCents(config);
        try (Ledger reopened = new ProcessArchitecture().open(config)) {
            // What was still under way arrives a moment after the ledger has opened.
            Awaitility.await().atMost(SOON).until(() -> liveCents(reopened, config) == totalCents);
            live = LiveBalances.read(reopened, config, SOON);
        }

        Verdict verdict = Checker.check(config, load, history, live);

        assertTrue(verdict.isValid(), verdict::toString);
        assertTrue(verdict.everyCommand(), verdict::toString);
    }

    private static long accepted(History history) {
        return Tally.of(history, 0, history.end()).accepted();
    }

    private static long liveCents(Ledger ledger, LedgerConfig config) {
        return IntStream.range(0, config.accounts())
                .mapToObj(account -> ledger.submit(new ReadBalance(-1, account)))
                .toList()
                .stream()
                .mapToLong(answer -> ((Accepted) answer.join()).balanceCents())
                .sum();
    }

    private static Optional<Long> locate(Ledger ledger, int shard) {
        return ledger.submit(new Locate(-1, shard))
                                .orTimeout(SOON.toSeconds(), TimeUnit.SECONDS)
                                .join()
                        instanceof Located located
                ? Optional.of(located.pid())
                : Optional.empty();
    }
}
