package fourways.workload;

import static fourways.workload.CheckedRun.CONFIG;
import static fourways.workload.Violation.Kind.LIVE_DIFFERS;
import static fourways.workload.Violation.Kind.WRONG_ANSWER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import fourways.workload.Command.Deposit;
import fourways.workload.Entry.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A ledger whose memory was altered behind its back. Where and by how much is known, so there and only there it may say what its journals do not. */
class AlteredMemoryTest {

    private static final int ACCOUNT = 3;
    private static final long ALTERED_BY_CENTS = -700;

    private final TinyLedger ledger = new TinyLedger(CONFIG);
    private final CheckedRun run = CheckedRun.random(ledger);

    @Test
    void isNoViolationWhereItWasAltered() {
        alter();

        Verdict verdict = run.with(List.of(reading(Map.of(ACCOUNT, ALTERED_BY_CENTS))));

        assertEquals(Map.of(), verdict.violations(), verdict::toString);
        assertEquals(List.of(ACCOUNT), verdict.alteredAccounts());
    }

    @Test
    void isAViolationWhereNobodyIsKnownToHaveAlteredIt() {
        alter();

        assertEquals(
                Set.of(LIVE_DIFFERS),
                run.with(List.of(reading(Map.of()))).violations().keySet());
        assertEquals(
                Set.of(LIVE_DIFFERS),
                run.with(List.of(reading(Map.of(ACCOUNT + 1, ALTERED_BY_CENTS))))
                        .violations()
                        .keySet());
    }

    @Test
    void isAViolationWhereItDiffersByMoreThanThat() {
        alter();

        Verdict verdict = run.with(List.of(reading(Map.of(ACCOUNT, ALTERED_BY_CENTS + 1))));

        assertEquals(Map.of(LIVE_DIFFERS, 1L), verdict.violations(), verdict::toString);
        assertEquals(List.of(), verdict.alteredAccounts());
    }

    @Test
    void isNotFoundWhereTheShardWasRecoveredMeanwhile() {
        alter();
        ledger.restart();

        Verdict verdict = run.with(List.of(reading(Map.of(ACCOUNT, ALTERED_BY_CENTS))));

        assertEquals(Map.of(), verdict.violations(), verdict::toString);
        assertEquals(List.of(), verdict.alteredAccounts());
    }

    @Test
    void mustBeGoneAtTheReadingAfterARestart() {
        alter();
        LiveReading before = reading(Map.of(ACCOUNT, ALTERED_BY_CENTS));
        LiveReading unhealed = reading(Map.of());
        ledger.restart();
        LiveReading healed = reading(Map.of());

        assertEquals(
                Map.of(LIVE_DIFFERS, 1L), run.with(List.of(before, unhealed)).violations());
        assertEquals(Map.of(), run.with(List.of(before, healed)).violations());
    }

    @Test
    void clientsMayBeToldOfItWhereItWasAltered() {
        TinyLedger fresh = new TinyLedger(CONFIG);
        CheckedRun deposits = new CheckedRun(fresh, id -> new Deposit(id, ACCOUNT, 5), new History(2));
        deposits.send(0);
        fresh.redo(withdrawn());
        deposits.send(1);

        LiveReading live = LiveReading.of(deposits.live());
        Verdict verdict = deposits.with(List.of(new LiveReading(live.balances(), Map.of(ACCOUNT, ALTERED_BY_CENTS))));

        assertEquals(Map.of(), verdict.violations(), verdict::toString);
        assertEquals(
                Set.of(LIVE_DIFFERS, WRONG_ANSWER),
                deposits.with(List.of(live)).violations().keySet());
    }

    private void alter() {
        ledger.redo(withdrawn());
    }

    /** In memory, and in no journal. */
    private static Entry withdrawn() {
        return new Entry(Kind.WITHDRAW, 1_000_000, ACCOUNT, ACCOUNT, -ALTERED_BY_CENTS, 0);
    }

    private LiveReading reading(Map<Integer, Long> alteredCents) {
        return new LiveReading(run.live(), alteredCents);
    }
}
