package fourways.actors;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.JournalMode;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What becomes of actors that do not come back, and of their shards. */
class StallsTest extends HardenedFixture {

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
}
