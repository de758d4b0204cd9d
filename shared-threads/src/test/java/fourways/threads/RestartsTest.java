package fourways.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import fourways.workload.RestartBackoff;
import fourways.workload.Restarts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of shards that fail again and again, and of requests that make them fail. */
class RestartsTest extends HardenedFixture {

    @Test
    void aRequestThatFailsItsShardEachTimeIsKeptOutAndTheShardLivesOn() {
        Sabotage poison = new Sabotage(id(), 0, "exception");
        for (int strike = 0; strike < 3; strike++) {
            assertInstanceOf(Indeterminate.class, answerWhenServed(poison));
        }

        assertEquals(
                Reason.QUARANTINED,
                assertInstanceOf(Refused.class, answer(poison)).reason());
        awaitBalance(0, INITIAL);
    }

    @Test
    void aRequestThatSticksEachTimeIsKeptOutAndTheShardLivesOn() {
        Sabotage poison = new Sabotage(id(), 0, "blocking-call");
        for (int strike = 0; strike < 3; strike++) {
            assertInstanceOf(Indeterminate.class, answerWhenServed(poison));
        }

        assertEquals(
                Reason.QUARANTINED,
                assertInstanceOf(Refused.class, answer(poison)).reason());
        awaitBalance(0, INITIAL);
    }

    @Test
    void aShardThatFailsTooOftenIsRefusedForAWhileAndItsNeighborsServe() {
        ledger.close();
        RestartBackoff.Settings twoRestarts = new RestartBackoff.Settings(
                2, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofDays(1), Duration.ofSeconds(2));
        open(config(), () -> Restarts.withBackoff(twoRestarts));
        for (int failure = 0; failure < 3; failure++) {
            assertInstanceOf(Indeterminate.class, answerWhenServed(new Sabotage(id(), 0, "exception")));
        }

        awaitRefusal(0, "too often in a row");

        assertEquals(new Accepted(INITIAL), answer(new ReadBalance(id(), 1)));
        awaitBalance(0, INITIAL);
    }
}
