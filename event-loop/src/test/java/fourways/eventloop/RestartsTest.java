package fourways.eventloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import fourways.workload.RestartBackoff;
import fourways.workload.Restarts;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What becomes of shards that fail again and again, and of requests that make them fail. */
class RestartsTest extends HardenedFixture {

    @Test
    void aRequestThatFailsItsShardEachTimeIsKeptOutAndTheShardLivesOn() {
        Command poison = new Sabotage(id(), 0, "exception");
        for (int strike = 0; strike < 3; strike++) {
            assertInstanceOf(Indeterminate.class, answer(ledger.submit(poison)));
        }

        Refused refused = assertInstanceOf(Refused.class, answer(ledger.submit(poison)));

        assertEquals(Reason.QUARANTINED, refused.reason());
        awaitBalance(0, INITIAL);
    }

    @Test
    void aRequestThatSticksEachTimeIsKeptOutAndTheShardLivesOn() {
        Command poison = new Sabotage(id(), 0, "blocking-call");
        for (int strike = 0; strike < 3; strike++) {
            assertInstanceOf(Indeterminate.class, answer(ledger.submit(poison)));
            awaitBalance(0, INITIAL);
        }

        Refused refused = assertInstanceOf(Refused.class, answer(ledger.submit(poison)));

        assertEquals(Reason.QUARANTINED, refused.reason());
        assertEquals(new Accepted(INITIAL), read(0));
    }

    @Test
    void aShardThatFailsTooOftenIsRefusedForAWhileAndItsNeighborsServe() {
        for (int failure = 0; failure < 6; failure++) {
            assertInstanceOf(Indeterminate.class, answer(ledger.submit(new Sabotage(id(), 0, "exception"))));
        }

        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertTrue(unavailable(read(0)).contains("too often in a row")));
        assertTrue(ledger.submit(new ReadBalance(id(), 0)).isDone(), "at once");
        assertEquals(new Accepted(INITIAL), read(2));
    }

    @Test
    void aShardThatFailedTooOftenIsTriedAgainAfterAPause() {
        RestartBackoff.Settings oneRestart = new RestartBackoff.Settings(
                1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMinutes(1), Duration.ofMillis(50));
        ledger.close();
        ledger = new EventLoopLedger(config(), Policies.hardened(() -> Restarts.withBackoff(oneRestart)));
        deposit(0, 1);

        // The second is one too many, and so are all that follow.
        for (int failure = 0; failure < 4; failure++) {
            assertInstanceOf(Indeterminate.class, answer(ledger.submit(new Sabotage(id(), 0, "exception"))));
            awaitBalance(0, INITIAL + 1);
        }
    }
}
