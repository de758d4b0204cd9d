package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Command.Transfer;
import fourways.workload.JournalFiles;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What becomes of shards and workers that fail again and again, and of requests that make them fail. */
class RestartsTest extends HardenedFixture {

    @Test
    void aRequestThatFailsItsShardEachTimeIsKeptOutAndTheShardLivesOn() {
        long worker = pid(0);

        assertKeptOut(new Sabotage(id(), 0, "exception"));

        assertEquals(worker, pid(0));
    }

    @Test
    void aRequestThatSticksEachTimeIsKeptOutAndTheShardLivesOn() {
        assertKeptOut(new Sabotage(id(), 0, "busy-loop"));
    }

    @Test
    void aRequestThatEndsItsWorkerEachTimeIsKeptOutAndTheShardLivesOn() {
        assertKeptOut(new Sabotage(id(), 0, "exit"));
    }

    private void assertKeptOut(Command poison) {
        deposit(0, 11);
        for (int strike = 0; strike < 3; strike++) {
            assertInstanceOf(Indeterminate.class, answerWhenServed(poison));
        }

        Refused refused = assertInstanceOf(Refused.class, answer(poison));

        assertEquals(Reason.QUARANTINED, refused.reason());
        assertTrue(refused.detail().contains("command " + poison.id()), refused::detail);
        awaitBalance(0, INITIAL + 11);
        awaitBalance(2, INITIAL);
    }

    /** Another worker dies three times meanwhile, and its own never. */
    @Test
    void aRequestThatWasInFlightWhenOthersDiedIsNotKeptOut() throws Exception {
        reopen(config().withDeadlineMillis(NEVER_MILLIS));
        long neighbor = pid(1);
        Command innocent = new ReadBalance(id(), 1);
        Signals.send("STOP", neighbor);
        CompletableFuture<Outcome> inFlight = ledger.submit(innocent);
        for (int death = 0; death < 3; death++) {
            assertInstanceOf(Indeterminate.class, answerWhenServed(new Sabotage(id(), 0, "exit")));
        }
        awaitBalance(0, INITIAL);

        Signals.send("CONT", neighbor);

        assertEquals(new Accepted(INITIAL), answer(inFlight));
        assertEquals(new Accepted(INITIAL), answer(innocent));
    }

    @Test
    void aRequestThatIsAnsweredEachTimeIsNotKeptOut() {
        Command repeated = new ReadBalance(id(), 0);

        for (int i = 0; i < 10; i++) {
            assertEquals(new Accepted(INITIAL), answer(repeated));
        }
    }

    @Test
    void aShardThatFailsTooOftenIsRefusedForAWhileAndItsNeighborsServe() {
        long worker = pid(0);
        for (int failure = 0; failure < 6; failure++) {
            assertInstanceOf(Indeterminate.class, answerWhenServed(new Sabotage(id(), 0, "exception")));
        }

        awaitRefusal(0, "too often in a row");

        assertEquals(new Accepted(INITIAL), read(1));
        assertEquals(new Accepted(INITIAL), read(2), "of the same worker");
        assertEquals(worker, pid(2));
    }

    @Test
    void aShardWhoseJournalIsDamagedIsRefusedWhileItsNeighborsServeAndComesBackWhenItIsMended() throws Exception {
        deposit(0, 11);
        deposit(2, 22);
        long victim = pid(0);
        Signals.send("STOP", victim);
        Path damaged = JournalFiles.flipSnapshotBit(directory(), 2);

        Signals.send("KILL", victim);

        awaitBalance(0, INITIAL + 11);
        awaitRefusal(2, damaged.toString());
        assertEquals(Reason.UNAVAILABLE, reason(answer(new Transfer(id(), 0, 2, 1))));
        long successor = pid(0);
        JournalFiles.flipSnapshotBit(directory(), 2);
        awaitBalance(2, INITIAL + 22);
        assertEquals(successor, pid(0));
    }
}
