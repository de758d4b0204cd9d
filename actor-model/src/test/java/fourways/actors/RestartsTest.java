package fourways.actors;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.Sabotage;
import fourways.workload.Ledger;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What becomes of shards that fail again and again, and of requests that make them fail. */
class RestartsTest extends HardenedFixture {

    @Test
    void aRequestThatFailsItsShardEachTimeIsKeptOutAndTheShardLivesOn() {
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
    void aRequestThatSticksEachTimeIsKeptOutAndTheShardLivesOn() {
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
    void aShardThatFailsTooOftenIsRefusedForAWhileAndItsNeighborsServe() {
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
}
