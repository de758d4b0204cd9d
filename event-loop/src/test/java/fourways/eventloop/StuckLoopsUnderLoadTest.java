package fourways.eventloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Checker;
import fourways.workload.ClosedLoop;
import fourways.workload.Command.Sabotage;
import fourways.workload.History;
import fourways.workload.JournalMode;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.LiveBalances;
import fourways.workload.Load;
import fourways.workload.LoopPlan;
import fourways.workload.LoopResult;
import fourways.workload.RestartBackoff;
import fourways.workload.Restarts;
import fourways.workload.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Loops get stuck, are replaced and come back, and shards fail, while clients move money between all of them. Afterwards everything that they sent and heard is held
 * against the live balances and, command by command, against the journals.
 */
class StuckLoopsUnderLoadTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int STALLS = 24;

    /** At the same time; fewer than may be left behind, or nobody would be there to go on. */
    private static final int MAX_STUCK = 4;

    private static final int MAX_COMMANDS = 4_000_000;

    /** Who is stuck for a moment; with the shortest deadline there is, others are taken for stuck that are only slow. So much the better. */
    private static final int DEADLINE_MILLIS = 20;

    @TempDir
    Path temporary;

    /** Never gives a shard up for long. */
    private static Policies patient() {
        RestartBackoff.Settings settings = new RestartBackoff.Settings(
                1_000, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1));
        return Policies.hardened(() -> Restarts.withBackoff(settings));
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
        try (EventLoopLedger ledger = new EventLoopLedger(config, patient())) {
            CompletableFuture<LoopResult> client = CompletableFuture.supplyAsync(
                    () -> ClosedLoop.run(
                            ledger,
                            load,
                            history,
                            new LoopPlan(256, 0, MAX_COMMANDS, Duration.ZERO, Duration.ofSeconds(4), SOON)),
                    task -> Thread.ofPlatform().daemon().start(task));

            makeTrouble((SupervisedOwners) ledger.owners(), ledger, new SplittableRandom(22), config.shards());
            LoopResult result = client.orTimeout(60, TimeUnit.SECONDS).join();

            assertEquals(0, result.unanswered());
            assertValid(config, load, history, ledger);
        }
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

    private static void makeTrouble(
            SupervisedOwners owners, EventLoopLedger ledger, SplittableRandom random, int shards) {
        List<CountDownLatch> releases = new ArrayList<>();
        for (int stall = 0; stall < STALLS; stall++) {
            int shard = random.nextInt(shards);
            CountDownLatch release = new CountDownLatch(1);
            releases.add(release);
            WatchedLoop loop = hold(owners, shard, release);
            ledger.submit(new Sabotage(-1_000_000 - stall, random.nextInt(shards), "exception"))
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
            Awaitility.await().atMost(SOON).until(() -> !owners.loopOf(shard).equals(loop));
            // Some come back soon, others when their place has been given away again.
            if (releases.size() > MAX_STUCK) {
                releases.remove(random.nextInt(releases.size())).countDown();
            }
        }
        releases.forEach(CountDownLatch::countDown);
    }

    /** Which loop is stuck in it. While the shard is being recovered there is nothing to be stuck in, so it may have to try again. */
    private static WatchedLoop hold(SupervisedOwners owners, int shard, CountDownLatch release) {
        CompletableFuture<WatchedLoop> holder = new CompletableFuture<>();
        Awaitility.await().pollInterval(Duration.ofMillis(20)).atMost(SOON).until(() -> {
            WatchedLoop loop = owners.loopOf(shard);
            loop.verticle()
                    .post(task -> loop.verticle().shard(shard).deliver(own -> {
                        holder.complete(loop);
                        awaitUninterruptibly(release);
                    }));
            return holder.isDone();
        });
        return holder.join();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
