package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.Locate;
import fourways.workload.Command.Sabotage;
import fourways.workload.Outcome.Located;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * For variants that replace owners which do not come back within their process: owners stand still, are replaced and come back late, and shards fail, while clients move money between all of them.
 * Afterwards everything that they sent and heard is held against the live balances and, command by command, against the journals.
 */
public abstract class LedgerStallContractTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration LOADED = Duration.ofSeconds(4);
    private static final int STALLS = 24;

    /** At the same time; fewer than may be left behind, or nobody would be there to go on. */
    private static final int MAX_STUCK = 4;

    private static final int MAX_COMMANDS = 4_000_000;

    /** With the shortest deadline there is, owners are taken for stuck that are only slow. So much the better. */
    private static final int DEADLINE_MILLIS = 20;

    /** Never gives a shard up for long. */
    private static final RestartBackoff.Settings PATIENT = new RestartBackoff.Settings(
            1_000, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1));

    @TempDir
    Path temporary;

    /** None of the load's. */
    private long lastId;

    /** Opens the variant under test, with shards that are recovered as these say. */
    protected abstract Ledger open(LedgerConfig config, Supplier<Restarts> restarts);

    private long id() {
        return --lastId;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
    void nothingAcknowledgedIsLostAndNothingHappensTwice(JournalMode mode) throws Exception {
        LedgerConfig config = LedgerConfig.in(temporary.resolve("ledger"))
                .withJournal(mode, temporary.resolve("ledger"))
                .withAccounts(1_000, 16)
                .withSegments(1 << 18, true)
                .withDeadlineMillis(DEADLINE_MILLIS)
                .withVariant("hardened");
        Load load = Load.standard(config, 21).withCrossShardShare(0.5);
        History history = new History(MAX_COMMANDS);
        try (Ledger ledger = open(config, () -> Restarts.withBackoff(PATIENT))) {
            LoopPlan plan = new LoopPlan(256, 0, MAX_COMMANDS, Duration.ZERO, LOADED, SOON);
            CompletableFuture<LoopResult> clients = CompletableFuture.supplyAsync(
                    () -> ClosedLoop.run(ledger, load, history, plan),
                    task -> Thread.ofPlatform().daemon().start(task));

            makeTrouble(ledger, new SplittableRandom(22), config.shards());
            LoopResult result = clients.orTimeout(60, TimeUnit.SECONDS).join();

            assertEquals(0, result.unanswered());
            assertValid(config, load, history, ledger);
        }
    }

    private void makeTrouble(Ledger ledger, SplittableRandom random, int shards) {
        List<Standstill.Hold> holds = new ArrayList<>();
        try {
            for (int stall = 0; stall < STALLS; stall++) {
                int shard = random.nextInt(shards);
                holds.add(Standstill.of(ledger, shard, this::id));
                answer(ledger.submit(new Sabotage(id(), random.nextInt(shards), "exception")));
                Awaitility.await()
                        .atMost(SOON)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> answer(ledger.submit(new Locate(id(), shard))) instanceof Located);
                // Some come back soon, others when their place has been given away again.
                if (holds.size() > MAX_STUCK) {
                    holds.remove(random.nextInt(holds.size())).release();
                }
            }
        } finally {
            holds.forEach(Standstill.Hold::release);
        }
    }

    private static Outcome answer(CompletableFuture<Outcome> future) {
        return future.orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static void assertValid(LedgerConfig config, Load load, History history, Ledger ledger)
            throws InterruptedException {
        Awaitility.await()
                .atMost(SOON)
                .until(() -> LiveBalances.read(ledger, config, SOON).known() == config.accounts());
        LiveBalances live = LiveBalances.read(ledger, config, SOON);
        ledger.close();

        Verdict verdict = Checker.check(config, load, history, live);

        assertTrue(verdict.isValid(), verdict::toString);
        assertTrue(verdict.everyCommand(), verdict::toString);
    }
}
