package fourways.eventloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command;
import fourways.workload.Command.Deposit;
import fourways.workload.Command.Locate;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Command.Transfer;
import fourways.workload.JournalMode;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Located;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is particular to loops. Account n is the only one on shard n; of the eight shards, 0 and 4 are on one loop, 1
 * and 5 on another, and so on. Each account begins with 1,000 cents.
 */
class EventLoopLedgerTest {

    private static final int SHARDS = 8;
    private static final int WORKERS = 4;

    @TempDir
    Path directory;

    private LedgerConfig config;

    @BeforeEach
    void configure() {
        config = LedgerConfig.in(directory)
                .withAccounts(SHARDS, SHARDS)
                .withWorkers(WORKERS)
                .withInitialBalanceCents(1_000);
    }

    @Test
    void eachShardIsServedByTheThreadOfItsLoopAndNoOther() {
        try (Ledger ledger = open(config)) {
            // From several threads, and among transfers, which visit two loops each.
            Set<String> places = IntStream.range(0, 800)
                    .parallel()
                    .mapToObj(i -> {
                        var transfer = ledger.submit(new Transfer(1_000 + i, i % SHARDS, (i + 1) % SHARDS, 1));
                        Located located = (Located) answer(ledger, new Locate(i, i % SHARDS));
                        assertInstanceOf(Accepted.class, answer(transfer));
                        return "loop " + i % WORKERS + " is thread " + located.nativeThreadId();
                    })
                    .collect(Collectors.toSet());

            assertEquals(WORKERS, places.size(), places::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exception", "stack-overflow"})
    void whatAShardThrowsCostsOnlyThatRequest(String fault) {
        try (Ledger ledger = open(config)) {
            CompletableFuture<Outcome> before = ledger.submit(new Deposit(1, 0, 1));
            CompletableFuture<Outcome> struck = ledger.submit(new Sabotage(2, 0, fault));
            CompletableFuture<Outcome> after = ledger.submit(new Deposit(3, 0, 10));
            CompletableFuture<Outcome> neighbor = ledger.submit(new Deposit(4, 4, 100));

            assertEquals(new Accepted(1_001), answer(before));
            assertInstanceOf(Indeterminate.class, answer(struck));
            assertEquals(new Accepted(1_011), answer(after), "from the journal, without the half change");
            assertEquals(new Accepted(1_100), answer(neighbor));
        }
    }

    @Test
    void theLoopServesItsOtherShardsWhileOneRecovers() {
        CountDownLatch release = new CountDownLatch(1);
        try (EventLoopLedger ledger = open(config)) {
            failAndHoldUpRecovery(ledger, 0, release);
            CompletableFuture<Outcome> waiting = ledger.submit(new ReadBalance(2, 0));

            assertEquals(new Accepted(1_100), answer(ledger, new Deposit(3, 4, 100)));
            assertFalse(waiting.isDone(), "the loop has come to it before it came to the neighbor");

            release.countDown();
            assertEquals(new Accepted(1_000), answer(waiting));
        } finally {
            release.countDown();
        }
    }

    @Test
    void aTransferToARecoveringShardArrivesExactlyOnce() {
        CountDownLatch release = new CountDownLatch(1);
        try (EventLoopLedger ledger = open(config)) {
            failAndHoldUpRecovery(ledger, 0, release);
            CompletableFuture<Outcome> transfer = ledger.submit(new Transfer(2, 1, 0, 70));
            // Behind the debit on the one loop, then behind the credit on the other.
            assertEquals(new Accepted(930), answer(ledger, new ReadBalance(3, 1)));
            assertEquals(new Accepted(1_000), answer(ledger, new ReadBalance(4, 4)));
            assertFalse(transfer.isDone(), "the credit found nobody");

            release.countDown();

            assertEquals(new Accepted(930), answer(transfer));
            assertEquals(new Accepted(1_070), answer(ledger, new ReadBalance(5, 0)));
        } finally {
            release.countDown();
        }
    }

    @Test
    void aTransferFromAShardThatFailsMeanwhileArrivesExactlyOnce() {
        CountDownLatch release = new CountDownLatch(1);
        try (EventLoopLedger ledger = open(config)) {
            owner(ledger, 1).post(task -> awaitUninterruptibly(release));
            CompletableFuture<Outcome> transfer = ledger.submit(new Transfer(1, 0, 1, 70));
            answer(ledger, new Sabotage(2, 0, "exception"));

            assertInstanceOf(Indeterminate.class, answer(transfer), "its shard is not the one that knew who asked");
            // Served by the recovered shard, so the credit has now been sent twice.
            assertEquals(new Accepted(930), answer(ledger, new ReadBalance(3, 0)));
            release.countDown();

            assertEquals(new Accepted(1_070), answer(ledger, new ReadBalance(4, 1)));
            assertEquals(new Accepted(1_071), answer(ledger, new Deposit(5, 1, 1)), "and not again");
        } finally {
            release.countDown();
        }
    }

    @Test
    void aShardThatCannotBeRecoveredIsRefusedAndNobodyIsLeftWaiting() {
        CountDownLatch release = new CountDownLatch(1);
        try (EventLoopLedger ledger = open(config.withJournal(JournalMode.MEMORY, null))) {
            failAndHoldUpRecovery(ledger, 0, release);
            CompletableFuture<Outcome> read = ledger.submit(new ReadBalance(2, 0));
            CompletableFuture<Outcome> transfer = ledger.submit(new Transfer(3, 1, 0, 70));
            answer(ledger, new ReadBalance(4, 1));
            answer(ledger, new ReadBalance(5, 4));

            release.countDown();

            assertUnavailable(answer(read));
            assertInstanceOf(Indeterminate.class, answer(transfer), "debited, and nobody there to credit");
            assertUnavailable(answer(ledger, new Deposit(6, 0, 1)));
            assertUnavailable(answer(ledger, new Transfer(7, 1, 0, 1)));
            assertEquals(new Accepted(930), answer(ledger, new ReadBalance(8, 1)), "the others live on");
            assertEquals(new Accepted(1_000), answer(ledger, new ReadBalance(9, 4)), "on the same loop, too");
        } finally {
            release.countDown();
        }
    }

    @Test
    void messagesThatFailAgainAndAgainDoNotKeepAShardRecoveringForEver() {
        try (EventLoopLedger ledger = open(config)) {
            Outcome outcome = new Accepted(1_000);
            for (int failed = 0; failed < 100 && outcome.equals(new Accepted(1_000)); failed++) {
                failOnAMessage(ledger, 0);
                outcome = answer(ledger, new ReadBalance(failed, 0));
            }

            assertUnavailable(outcome);
            assertEquals(new Accepted(1_000), answer(ledger, new ReadBalance(100, 4)), "on the same loop");
        }
    }

    private static void failOnAMessage(EventLoopLedger ledger, int shard) {
        LedgerVerticle owner = owner(ledger, shard);
        assertTrue(owner.post(task -> owner.shard(shard).deliver(message -> {
            throw new IllegalStateException("a message that cannot be digested");
        })));
    }

    private static EventLoopLedger open(LedgerConfig config) {
        return new EventLoopLedger(config, Policies.plain());
    }

    private static LedgerVerticle owner(EventLoopLedger ledger, int shard) {
        return (LedgerVerticle) ledger.owners().of(shard);
    }

    /** Makes a shard fail; its recovery waits in line for the loop's worker thread, behind us. */
    private static void failAndHoldUpRecovery(EventLoopLedger ledger, int shard, CountDownLatch release) {
        owner(ledger, shard).offLoop(() -> awaitUninterruptibly(release));
        assertInstanceOf(Indeterminate.class, answer(ledger, new Sabotage(-1, shard, "exception")));
    }

    private static void assertUnavailable(Outcome outcome) {
        assertEquals(
                Reason.UNAVAILABLE, assertInstanceOf(Refused.class, outcome).reason(), outcome::toString);
    }

    private static Outcome answer(Ledger ledger, Command command) {
        return answer(ledger.submit(command));
    }

    private static Outcome answer(CompletableFuture<Outcome> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
