package fourways.actors;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the hardened variant makes of actors that fail again and again, and of actors that do not come back. */
final class HardenedSupervisionTest {

    private static final int SHARDS = 16;
    private static final int WORKERS = 2;

    /** As many stuck threads as the dispatcher makes up for. */
    private static final int SPARE = 2 * WORKERS;

    private static final long INITIAL_CENTS = 100_000;

    /** Account 0 is on shard 0, which suffers; account 1 on shard 1, which does not. */
    private static final int VICTIM = 0;

    private static final int NEIGHBOR = 1;

    @TempDir
    Path directory;

    private final AtomicLong lastId = new AtomicLong();

    @BeforeAll
    static void silenceFailures() {
        FailureLog.silence();
    }

    private LedgerConfig config() {
        return LedgerConfig.in(directory)
                .withAccounts(160, SHARDS)
                .withWorkers(WORKERS)
                .withDeadlineMillis(100)
                .withVariant("hardened");
    }

    private Ledger open() {
        return new ActorArchitecture().open(config());
    }

    @Test
    void aStuckActorsShardIsServedByAnotherAndNothingAcknowledgedIsLost() {
        try (Ledger ledger = open()) {
            assertEquals(new Accepted(INITIAL_CENTS + 1), answer(deposit(ledger, VICTIM)));
            CompletableFuture<Outcome> stuck = sabotage(ledger, VICTIM, "blocking-call");
            CompletableFuture<Outcome> behind = deposit(ledger, VICTIM);

            assertInstanceOf(Indeterminate.class, answer(stuck));
            long expected = INITIAL_CENTS + 1 + accepted(List.of(behind));

            awaitBalance(ledger, VICTIM, expected);
            assertEquals(new Accepted(expected - 1), answer(transfer(ledger, VICTIM, NEIGHBOR)));
            assertEquals(new Accepted(INITIAL_CENTS + 1), answer(read(ledger, NEIGHBOR)));
        }
    }

    @Test
    void whoComesLateIsFencedAndItsThreadGoesBack() throws InterruptedException {
        long expected;
        try (Ledger ledger = open()) {
            String pool = pool(ledger);
            CountDownLatch release = Holdup.of(() -> read(ledger, VICTIM));
            List<CompletableFuture<Outcome>> behind = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                behind.add(deposit(ledger, VICTIM));
            }
            expected = INITIAL_CENTS + accepted(behind);
            awaitBalance(ledger, VICTIM, expected);
            Awaitility.await().atMost(20, SECONDS).until(() -> threads(pool) == WORKERS + 1);

            release.countDown();

            Awaitility.await().atMost(20, SECONDS).until(() -> threads(pool) == WORKERS);
            assertEquals(new Accepted(expected), answer(read(ledger, VICTIM)), "what was in its mailbox is dropped");
            assertEquals(new Accepted(expected + 1), answer(deposit(ledger, VICTIM)));
        }
        try (Ledger ledger = open()) {
            assertEquals(new Accepted(expected + 1), answer(read(ledger, VICTIM)), "nor was it journaled");
        }
    }

    @Test
    void aTransferThatWasUnderWayToAStuckShardArrivesOnce() throws InterruptedException {
        try (Ledger ledger = open()) {
            int moved = 0;
            // Refused, if the shard was suspended already when it came; not every time, or all would be in vain.
            for (int round = 0; moved == 0; round++) {
                assertTrue(round < 5, "suspended before a transfer could be sent, each time");
                CountDownLatch release = Holdup.of(() -> read(ledger, VICTIM));
                moved = answer(transfer(ledger, NEIGHBOR, VICTIM)) instanceof Refused ? 0 : 1;
                awaitBalance(ledger, VICTIM, INITIAL_CENTS + moved);
                release.countDown();
            }

            assertEquals(new Accepted(INITIAL_CENTS - 2), answer(transfer(ledger, NEIGHBOR, VICTIM)));
            assertEquals(new Accepted(INITIAL_CENTS + 2), answer(read(ledger, VICTIM)));
        }
    }

    @Test
    void neighborsAreServedByAsManyThreadsAsBefore() {
        try (Ledger ledger = open()) {
            String pool = pool(ledger);
            List<CompletableFuture<Outcome>> stuck = IntStream.range(0, WORKERS)
                    .mapToObj(shard -> sabotage(ledger, shard, "blocking-call"))
                    .toList();
            stuck.forEach(future -> assertInstanceOf(Indeterminate.class, answer(future)));

            for (int shard = WORKERS; shard < SHARDS; shard++) {
                assertEquals(new Accepted(INITIAL_CENTS), answer(read(ledger, shard)));
            }
            Awaitility.await().atMost(20, SECONDS).until(() -> threads(pool) == 2 * WORKERS);
        }
    }

    @Test
    void beyondTheBoundAShardStaysRefusedAndSaysWhy() {
        try (Ledger ledger = open()) {
            for (int shard = 0; shard <= SPARE; shard++) {
                assertInstanceOf(Indeterminate.class, answer(sabotage(ledger, shard, "blocking-call")));
            }

            int beyond = SPARE;
            Awaitility.await().atMost(20, SECONDS).untilAsserted(() -> {
                Refused refused = assertInstanceOf(Refused.class, answer(read(ledger, beyond)));
                assertEquals(Reason.UNAVAILABLE, refused.reason());
                assertTrue(refused.detail().contains("spare-threads"), refused::detail);
            });
            for (int shard = 0; shard < SHARDS; shard++) {
                if (shard != beyond) {
                    awaitBalance(ledger, shard, INITIAL_CENTS);
                }
            }
        }
    }

    @Test
    void withNoThreadLeftEverybodyIsToldAtOnceAndServedWhenOneComesBack() throws InterruptedException {
        try (Ledger ledger = open()) {
            for (int shard = 0; shard < SPARE + WORKERS - 1; shard++) {
                assertInstanceOf(Indeterminate.class, answer(sabotage(ledger, shard, "blocking-call")));
            }
            int last = SPARE + WORKERS - 1;
            CountDownLatch release = Holdup.of(() -> read(ledger, last));

            Awaitility.await()
                    .atMost(20, SECONDS)
                    .untilAsserted(() -> assertEquals(
                            Reason.UNAVAILABLE,
                            assertInstanceOf(Refused.class, answer(read(ledger, SHARDS - 1)))
                                    .reason()));
            release.countDown();

            awaitBalance(ledger, SHARDS - 1, INITIAL_CENTS);
            awaitBalance(ledger, last, INITIAL_CENTS);
        }
    }

    @Test
    void withNothingJournaledTheStuckActorGoesOnWhenItComesBack() throws InterruptedException {
        LedgerConfig config = config().withJournal(JournalMode.MEMORY, null);
        try (Ledger ledger = new ActorArchitecture().open(config)) {
            assertEquals(new Accepted(INITIAL_CENTS + 1), answer(deposit(ledger, VICTIM)));
            CountDownLatch release = Holdup.of(() -> read(ledger, VICTIM));
            Outcome heard = answer(transfer(ledger, NEIGHBOR, VICTIM));
            Awaitility.await()
                    .atMost(20, SECONDS)
                    .until(() -> answer(read(ledger, VICTIM)) instanceof Refused refused
                            && refused.reason() == Reason.UNAVAILABLE);

            release.countDown();

            assertFalse(heard instanceof Accepted, "it has not arrived, and nobody has to wait until it does");
            awaitBalance(ledger, VICTIM, INITIAL_CENTS + (heard instanceof Refused ? 1 : 2));
        }
    }

    @Test
    void aPoisonRequestIsKeptOutAndItsShardLivesOn() {
        try (Ledger ledger = open()) {
            Sabotage poison = new Sabotage(-1, VICTIM, "exception");
            AtomicInteger failures = new AtomicInteger();

            Awaitility.await().atMost(20, SECONDS).until(() -> {
                Outcome outcome = answer(ledger.submit(poison));
                if (outcome instanceof Indeterminate) {
                    failures.incrementAndGet();
                }
                return outcome instanceof Refused refused && refused.reason() == Reason.QUARANTINED;
            });

            assertEquals(3, failures.get());
            awaitBalance(ledger, VICTIM, INITIAL_CENTS);
        }
    }

    @Test
    void aRequestThatSticksEveryTimeIsKeptOutToo() {
        try (Ledger ledger = open()) {
            Sabotage poison = new Sabotage(-1, VICTIM, "blocking-call");

            Awaitility.await()
                    .atMost(20, SECONDS)
                    .until(() -> answer(ledger.submit(poison)) instanceof Refused refused
                            && refused.reason() == Reason.QUARANTINED);

            awaitBalance(ledger, VICTIM, INITIAL_CENTS);
        }
    }

    @Test
    void aShardThatFailsAgainAndAgainIsRefusedForAWhileInsteadOfRestarted() {
        try (Ledger ledger = open()) {
            AtomicInteger failures = new AtomicInteger();
            AtomicInteger delays = new AtomicInteger();
            Awaitility.await().atMost(20, SECONDS).pollInterval(1, MILLISECONDS).until(() -> {
                Outcome outcome = answer(sabotage(ledger, VICTIM, "exception"));
                if (outcome instanceof Indeterminate) {
                    failures.incrementAndGet();
                }
                if (outcome instanceof Refused refused) {
                    delays.incrementAndGet();
                    return pauseMillis(refused) >= 5_000;
                }
                return false;
            });

            assertTrue(delays.get() > 1, "refused before, too, for shorter times");
            assertTrue(failures.get() >= 6, "five restarts, and one failure after them");
            assertEquals(new Accepted(INITIAL_CENTS), answer(read(ledger, NEIGHBOR)));
            awaitBalance(ledger, VICTIM, INITIAL_CENTS);
        }
    }

    private static long pauseMillis(Refused refused) {
        return Long.parseLong(refused.detail().replaceAll(".*tried again in (\\d+) ms.*", "$1"));
    }

    /** As many shards as there are threads have work at any moment, all of which is sent from their own threads. */
    @Test
    void busyShardsDoNotStarveOthers() {
        try (Ledger ledger = open()) {
            AtomicInteger chains = new AtomicInteger();
            for (int shard = 0; shard < WORKERS; shard++) {
                for (int chain = 0; chain < 4; chain++) {
                    again(ledger, shard, chains);
                }
            }

            for (int i = 0; i < 100; i++) {
                assertEquals(new Accepted(INITIAL_CENTS), answer(read(ledger, SHARDS - 1)));
            }

            assertTrue(chains.get() > 0);
        }
    }

    private void again(Ledger ledger, int shard, AtomicInteger chains) {
        chains.incrementAndGet();
        var _ = read(ledger, shard).thenAccept(outcome -> {
            if (outcome instanceof Accepted) {
                again(ledger, shard, chains);
            }
        });
    }

    /** What the names of the threads begin with that serve a ledger's shards. */
    private String pool(Ledger ledger) {
        Located located = (Located) answer(ledger.submit(new Locate(lastId.incrementAndGet(), NEIGHBOR)));
        return located.threadName().replaceFirst("\\d+$", "");
    }

    private static long threads(String pool) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(pool))
                .count();
    }

    private static int accepted(List<CompletableFuture<Outcome>> futures) {
        return (int) futures.stream()
                .filter(future -> answer(future) instanceof Accepted)
                .count();
    }

    private void awaitBalance(Ledger ledger, int account, long cents) {
        Awaitility.await()
                .atMost(20, SECONDS)
                .untilAsserted(() -> assertEquals(new Accepted(cents), answer(read(ledger, account))));
    }

    private CompletableFuture<Outcome> sabotage(Ledger ledger, int shard, String fault) {
        return ledger.submit(new Sabotage(lastId.incrementAndGet(), shard, fault));
    }

    private CompletableFuture<Outcome> deposit(Ledger ledger, int account) {
        return ledger.submit(new Deposit(lastId.incrementAndGet(), account, 1));
    }

    private CompletableFuture<Outcome> transfer(Ledger ledger, int from, int to) {
        return ledger.submit(new Transfer(lastId.incrementAndGet(), from, to, 1));
    }

    private CompletableFuture<Outcome> read(Ledger ledger, int account) {
        return ledger.submit(new ReadBalance(lastId.incrementAndGet(), account));
    }

    private static Outcome answer(CompletableFuture<Outcome> future) {
        return future.orTimeout(20, SECONDS).join();
    }
}
