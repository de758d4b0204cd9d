package fourways.actors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Command.Transfer;
import fourways.workload.JournalMode;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to actors: a shard's failure is its own, and its address and mailbox outlive it. */
final class ActorSupervisionTest {

    private static final int SHARDS = 4;
    private static final long INITIAL_CENTS = 100_000;

    /** Account 0 is on shard 0, which fails; account 1 on shard 1, which does not. */
    private static final int VICTIM = 0;

    private static final int NEIGHBOR = 1;

    @TempDir
    Path directory;

    private final List<CompletableFuture<Outcome>> sabotages = new ArrayList<>();
    private long lastId;

    @BeforeAll
    static void silenceFailures() {
        FailureLog.silence();
    }

    private Ledger open() {
        return new ActorArchitecture().open(LedgerConfig.in(directory).withAccounts(100, SHARDS));
    }

    private Ledger openInMemory() {
        return new ActorArchitecture()
                .open(LedgerConfig.inMemory().withAccounts(100, SHARDS).withJournal(JournalMode.MEMORY, null));
    }

    @Test
    void anExceptionInMidUpdateLosesNothingAcknowledged() {
        try (Ledger ledger = open()) {
            for (int round = 1; round <= 20; round++) {
                assertEquals(new Accepted(INITIAL_CENTS + round), answer(deposit(ledger, VICTIM)));

                sabotage(ledger);

                assertInstanceOf(Indeterminate.class, answer(sabotages.getLast()));
                assertEquals(new Accepted(INITIAL_CENTS + round), answer(read(ledger, VICTIM)));
            }
        }
    }

    @Test
    void whatWaitsBehindAFailureIsServedByTheSuccessor() throws InterruptedException {
        try (Ledger ledger = open()) {
            CountDownLatch release = Holdup.of(() -> read(ledger, VICTIM));
            sabotage(ledger);
            List<CompletableFuture<Outcome>> behind = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                behind.add(deposit(ledger, VICTIM));
            }

            release.countDown();

            for (int i = 0; i < 100; i++) {
                assertEquals(new Accepted(INITIAL_CENTS + i + 1), answer(behind.get(i)));
            }
        }
    }

    @Test
    void neighborsServeWhileAShardFailsAgainAndAgain() {
        try (Ledger ledger = open()) {
            for (int round = 1; round <= 200; round++) {
                sabotage(ledger);

                assertEquals(new Accepted(INITIAL_CENTS + round), answer(deposit(ledger, NEIGHBOR)));
            }

            sabotages.forEach(sabotage -> assertInstanceOf(Indeterminate.class, answer(sabotage)));
        }
    }

    @Test
    void transfersTowardsAFailingShardArriveExactlyOnce() {
        int transfers = 2_000;
        try (Ledger ledger = open()) {
            List<CompletableFuture<Outcome>> underWay = new ArrayList<>();
            for (int i = 0; i < transfers; i++) {
                underWay.add(transfer(ledger, NEIGHBOR, VICTIM));
                if (i % 50 == 25) {
                    sabotage(ledger);
                }
                if (i % 500 == 499) {
                    underWay.forEach(ActorSupervisionTest::answer);
                }
            }

            for (int i = 0; i < transfers; i++) {
                assertEquals(new Accepted(INITIAL_CENTS - i - 1), answer(underWay.get(i)));
            }
            assertEquals(new Accepted(INITIAL_CENTS + transfers), answer(read(ledger, VICTIM)));
        }
    }

    @Test
    void transfersFromAFailingShardArriveExactlyOnce() {
        int transfers = 2_000;
        try (Ledger ledger = open()) {
            List<CompletableFuture<Outcome>> underWay = new ArrayList<>();
            for (int i = 0; i < transfers; i++) {
                underWay.add(transfer(ledger, VICTIM, NEIGHBOR));
                if (i % 50 == 25) {
                    sabotage(ledger);
                }
                if (i % 500 == 499) {
                    underWay.forEach(ActorSupervisionTest::answer);
                }
            }

            // Behind everything that the source has to resend, and the last to be credited.
            assertInstanceOf(Accepted.class, answer(transfer(ledger, VICTIM, NEIGHBOR)));
            assertEquals(new Accepted(INITIAL_CENTS - transfers - 1), answer(read(ledger, VICTIM)));
            assertEquals(new Accepted(INITIAL_CENTS + transfers + 1), answer(read(ledger, NEIGHBOR)));
        }
    }

    @Test
    void nobodyWaitsForTheCreditOfAShardThatCannotBeRecovered() throws InterruptedException {
        try (Ledger ledger = openInMemory()) {
            CountDownLatch release = Holdup.of(() -> read(ledger, VICTIM));
            sabotage(ledger);
            CompletableFuture<Outcome> transfer = transfer(ledger, NEIGHBOR, VICTIM);
            CompletableFuture<Outcome> request = deposit(ledger, VICTIM);

            release.countDown();

            assertInstanceOf(Indeterminate.class, answer(transfer));
            assertEquals(
                    Reason.UNAVAILABLE,
                    assertInstanceOf(Refused.class, answer(request)).reason());
            assertEquals(new Accepted(INITIAL_CENTS - 1), answer(read(ledger, NEIGHBOR)), "the money is under way");
        }
    }

    private void sabotage(Ledger ledger) {
        sabotages.add(ledger.submit(new Sabotage(++lastId, VICTIM, "exception")));
    }

    private CompletableFuture<Outcome> deposit(Ledger ledger, int account) {
        return ledger.submit(new Deposit(++lastId, account, 1));
    }

    private CompletableFuture<Outcome> transfer(Ledger ledger, int from, int to) {
        return ledger.submit(new Transfer(++lastId, from, to, 1));
    }

    private CompletableFuture<Outcome> read(Ledger ledger, int account) {
        return ledger.submit(new ReadBalance(++lastId, account));
    }

    private static Outcome answer(CompletableFuture<Outcome> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }
}
