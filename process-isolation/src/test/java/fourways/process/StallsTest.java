package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Transfer;
import fourways.workload.JournalMode;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of workers that do not come back, and of their shards. */
class StallsTest extends HardenedFixture {

    @Test
    void theShardsOfAStuckWorkerAreServedByAnotherAndTheOthersAllTheTime() {
        deposit(0, 11);
        long victim = pid(0);
        long neighbor = pid(1);

        CompletableFuture<Outcome> stuck = sabotage(0, "busy-loop");
        CompletableFuture<Outcome> behind = ledger.submit(new ReadBalance(id(), 2));

        assertEquals(new Accepted(INITIAL), read(1));
        assertTrue(assertInstanceOf(Indeterminate.class, answer(stuck)).detail().contains("heartbeat"));
        assertInstanceOf(Indeterminate.class, answer(behind));
        awaitBalance(0, INITIAL + 11);
        awaitBalance(2, INITIAL);
        assertFalse(isAlive(victim));
        assertEquals(neighbor, pid(1));
    }

    /** Its memory still has what it was about to do; it never comes to that. */
    @Test
    void aStoppedWorkerIsGoneBeforeItsShardsAreServedByAnother() throws Exception {
        deposit(0, 11);
        long victim = pid(0);
        long neighbor = pid(1);

        Signals.send("STOP", victim);
        CompletableFuture<Outcome> inFlight = ledger.submit(new ReadBalance(id(), 0));

        assertEquals(new Accepted(INITIAL), read(1), "the neighbor serves meanwhile");
        assertInstanceOf(Indeterminate.class, answer(inFlight));
        awaitBalance(0, INITIAL + 11);
        assertNotEquals(victim, pid(0));
        assertFalse(isAlive(victim));
        assertEquals(neighbor, pid(1));
    }

    @Test
    void asManyStuckWorkersAsThereAreAreAllReplacedAndATransferBetweenThemArrivesOnce() throws Exception {
        long first = pid(0);
        long second = pid(1);
        Signals.send("STOP", second);
        CompletableFuture<Outcome> transfer = ledger.submit(new Transfer(id(), 0, 1, 7));
        // Debited: were the source stopped before that, the transfer might never happen.
        awaitBalance(0, INITIAL - 7);

        Signals.send("STOP", first);

        answer(transfer);
        awaitBalance(0, INITIAL - 7);
        awaitBalance(1, INITIAL + 7);
        assertFalse(isAlive(first) || isAlive(second));
    }

    /** What waits takes several deadlines, each request only a part of one. */
    @Test
    void aWorkerWithMuchToDoIsNotTakenForAStuckOne() {
        int requests = 400;
        reopen(config().withCapacity(requests));
        long worker = pid(0);

        List<CompletableFuture<Outcome>> slow = Stream.generate(() -> sabotage(0, "slow-request"))
                .limit(requests)
                .toList();

        slow.forEach(answer -> assertEquals(new Accepted(0), answer(answer)));
        assertEquals(worker, pid(0));
    }

    @Test
    void withNothingJournaledTheShardsOfAStuckWorkerAreRefusedForGood() {
        reopen(config().withJournal(JournalMode.MEMORY, null));
        long victim = pid(0);

        CompletableFuture<Outcome> stuck = sabotage(0, "busy-loop");

        assertInstanceOf(Indeterminate.class, answer(stuck));
        for (int account = 0; account < SHARDS; account += WORKERS) {
            assertEquals(Reason.UNAVAILABLE, awaitRefusal(account, "heartbeat").reason());
        }
        assertEquals(new Accepted(INITIAL), read(1));
        assertFalse(isAlive(victim));
    }

    @Test
    void whileAllAreStuckNewcomersAreRefusedAtOnceAndCloseDoesNotWait() throws Exception {
        reopen(config().withDeadlineMillis(NEVER_MILLIS));
        Signals.send("STOP", pid(0));
        Signals.send("STOP", pid(1));
        List<CompletableFuture<Outcome>> waiting = new ArrayList<>();
        for (int i = 0; i < CAPACITY; i++) {
            for (int account = 0; account < SHARDS; account++) {
                waiting.add(ledger.submit(new ReadBalance(id(), account)));
            }
        }

        for (int account = 0; account < SHARDS; account++) {
            CompletableFuture<Outcome> newcomer = ledger.submit(new ReadBalance(id(), account));
            assertTrue(newcomer.isDone());
            assertEquals(Reason.OVERLOADED, reason(newcomer.join()));
        }
        ledger.close();

        waiting.forEach(future -> assertInstanceOf(Indeterminate.class, future.join()));
    }
}
