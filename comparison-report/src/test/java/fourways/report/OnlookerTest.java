package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fourways.report.FaultCell.Moment;
import fourways.workload.Command.Deposit;
import fourways.workload.History;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Four shards, one request a millisecond, to each shard in turn; shard 1 is the victim. */
final class OnlookerTest {

    private static final Outcome OK = new Accepted(7);
    private static final Outcome REFUSED = new Refused(Reason.UNAVAILABLE, "no owner");

    private final Schedule schedule = new Schedule(1_000, Duration.ofSeconds(10));
    private final History history = new History(schedule.requests());
    private final List<Moment> heard = new ArrayList<>();
    private long nowMillis;
    private Onlooker onlooker;

    @BeforeEach
    void look() {
        LedgerConfig config = LedgerConfig.inMemory().withAccounts(64, 4);
        onlooker = new Onlooker(
                history,
                schedule,
                id -> new Deposit(id, (int) (id % 64), 1),
                config,
                Set.of(1),
                () -> nowMillis,
                heard::add);
    }

    @Test
    void nothingIsSaidWhileAllIsWell() {
        answer(0, 1_000, OK, OK, OK, OK);

        lookAt(350);
        lookAt(850);

        assertEquals(List.of(), heard);
    }

    @Test
    void whatBecomesOfVictimAndNeighboursIsSaidOnceAndThenThatAllIsWellAgain() {
        answer(0, 250, OK, OK, OK, OK);
        answer(250, 500, REFUSED, new Indeterminate("gone"), OK, null);
        answer(500, 750, REFUSED, new Indeterminate("gone"), OK, null);
        answer(750, 1_000, OK, OK, OK, OK);

        lookAt(350);
        lookAt(600);
        lookAt(850);
        lookAt(1_100);

        assertEquals(
                List.of(
                        new Moment(
                                "clients of 1 of 3 neighbours wait for an answer, clients of 1 of 3 neighbours are refused"
                                        + " and clients of the victim hear that nobody can say what became of their requests",
                                500),
                        new Moment("clients of the victim and of all 3 neighbours are served", 1_000)),
                heard);
    }

    @Test
    void requestsThatNobodyCouldBeAskedAreSaidToFindNobody() {
        lookAt(350);

        assertEquals(
                List.of(new Moment("clients of the victim and of all 3 neighbours find nobody to ask", 250)), heard);
    }

    @Test
    void whatTheRulesForbidIsNoTrouble() {
        Outcome no = new Refused(Reason.INSUFFICIENT_FUNDS, "1 cent");
        answer(0, 250, no, no, no, no);

        lookAt(350);

        assertEquals(List.of(), heard);
    }

    private void lookAt(long millis) {
        nowMillis = millis;
        onlooker.lookOnce();
    }

    /** Of shard 0 to 3; null for no answer. */
    private void answer(int from, int to, @Nullable Outcome... byShard) {
        for (int request = from; request < to; request++) {
            history.sent(request);
            Outcome outcome = byShard[request % 4];
            if (outcome != null) {
                history.answered(request, outcome);
            }
        }
    }
}
