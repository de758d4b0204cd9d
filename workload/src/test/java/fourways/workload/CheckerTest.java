package fourways.workload;

import static fourways.workload.CheckedRun.CONFIG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.Locate;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Transfer;
import fourways.workload.Command.Withdraw;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The checker on ledgers that did nothing wrong, whatever else befell them, and on nothing at all. The broken ones are in {@link BrokenLedgersTest}. */
class CheckerTest {

    @Test
    void aCorrectLedgerIsValidAndTheVerdictSaysWhatWasChecked() {
        TinyLedger ledger = new TinyLedger(CONFIG);

        Verdict verdict = CheckedRun.random(ledger).everyCommand();

        assertTrue(verdict.isValid(), verdict::toString);
        assertTrue(verdict.everyCommand());
        assertEquals(2_000, verdict.commands());
        assertTrue(verdict.accepted() > 1_500, verdict::toString);
        assertEquals(ledger.totalEntries(), verdict.entries());
        assertTrue(verdict.entries() > 1_500, verdict::toString);
        assertEquals(40, verdict.journalAccounts());
        assertEquals(40, verdict.liveAccounts());
    }

    @Test
    void aCorrectLedgerIsValidByItsTotals() {
        CheckedRun run = CheckedRun.random(new TinyLedger(CONFIG));

        Verdict totals = run.totals();
        Verdict liveOnly = run.liveOnly();

        assertTrue(totals.isValid(), totals::toString);
        assertFalse(totals.everyCommand());
        assertEquals(0, totals.entries());
        assertEquals(40, totals.journalAccounts());
        assertEquals(40, totals.liveAccounts());
        assertTrue(liveOnly.isValid(), liveOnly::toString);
        assertEquals(0, liveOnly.journalAccounts());
        assertEquals(40, liveOnly.liveAccounts());
    }

    @Test
    void aCorrectLedgerIsValidWithoutLiveReads() {
        Verdict verdict = CheckedRun.random(new TinyLedger(CONFIG)).everyCommand(null);

        assertTrue(verdict.isValid(), verdict::toString);
        assertEquals(0, verdict.liveAccounts());
    }

    @Test
    void aCorrectLedgerIsValidAfterARestart() {
        TinyLedger ledger = new TinyLedger(CONFIG);
        CheckedRun run = CheckedRun.random(ledger);

        ledger.restart();

        assertValid(run);
    }

    /** Every seventh command gets no definite answer, be it that it happened or that it did not. */
    private static class Uncertain extends TinyLedger {

        Uncertain(LedgerConfig config) {
            super(config);
        }

        @Override
        Outcome serve(Command command) {
            if (command.id() < 0 || command.id() % 7 != 0) {
                return super.serve(command);
            } else if (command.id() % 2 == 0) {
                super.serve(command);
            }
            return new Indeterminate("the connection was lost");
        }
    }

    @Test
    void commandsWithoutADefiniteAnswerMayHaveHappenedOrNot() {
        assertValid(CheckedRun.random(new Uncertain(CONFIG)));
    }

    @Test
    void aTransferWithoutADefiniteAnswerMayBeStuckHalfWay() {
        CheckedRun run = CheckedRun.random(new TinyLedger(CONFIG) {
            @Override
            Outcome transfer(Transfer c) {
                if (c.id() < 1_000 || config.shardOf(c.from()) != 0 || config.shardOf(c.to()) != 1) {
                    return super.transfer(c);
                }
                debit(c, books.get(0).outbox().nextNumber(1));
                return new Indeterminate("the owner of shard 1 is gone");
            }
        });

        assertValid(run);
    }

    @Test
    void aTransferWhoseArrivalIsNotKnownAtItsSourceIsCountedOnce() {
        TinyLedger ledger = new TinyLedger(CONFIG) {
            @Override
            void settle(Transfer c, long number) {}
        };
        CheckedRun run = new CheckedRun(ledger, id -> new Transfer(id, 0, 1, 5), 3);

        assertValid(run);
    }

    @Test
    void whatHappensAfterTheLastReadsIsForgivenIfNobodyHeardWhen() {
        TinyLedger ledger = new TinyLedger(CONFIG);
        History history = new History(10);
        CheckedRun run = new CheckedRun(ledger, id -> new Deposit(id, 3, 500), history);
        run.send(0);
        history.sent(1);

        LiveBalances live = run.live();
        ledger.submit(new Deposit(1, 3, 500)).resultNow();

        Verdict verdict = run.everyCommand(live);
        assertTrue(verdict.isValid(), verdict::toString);
        history.answered(1, new Accepted(101_000));
        assertEquals(
                Map.of(Violation.Kind.LIVE_DIFFERS, 1L), run.everyCommand(live).violations(), "heard before the reads");
    }

    @Test
    void commandsThatChangeNothingNeedNoEntry() {
        TinyLedger ledger = new TinyLedger(CONFIG) {
            @Override
            Outcome serve(Command command) {
                return command instanceof Locate ? new Outcome.Located(1, 2, "main") : super.serve(command);
            }
        };

        assertValid(new CheckedRun(ledger, id -> id % 2 == 0 ? new ReadBalance(id, 1) : new Locate(id, 1), 10));
    }

    @Test
    void refusedCommandsThatNoLedgerCouldCarryOutAreNoObstacle() {
        Commands senseless = id -> switch ((int) id % 4) {
            case 0 -> new Deposit(id, -1, 5);
            case 1 -> new Transfer(id, 1, 40, 5);
            case 2 -> new Withdraw(id, 1, Long.MIN_VALUE);
            default -> new Deposit(id, 1, 5);
        };
        TinyLedger ledger = new TinyLedger(CONFIG);
        CheckedRun run = new CheckedRun(ledger, senseless, 8);

        assertValid(run);

        History unanswered = new History(8);
        for (int id = 0; id < 8; id++) {
            unanswered.sent(id);
        }
        unanswered.answered(3, new Accepted(100_005));
        unanswered.answered(7, new Accepted(100_010));
        assertValid(new CheckedRun(ledger, senseless, unanswered));
    }

    @Test
    void evenHugeAmountsMayHaveHappenedMoreThanOnce() {
        TinyLedger ledger = new TinyLedger(CONFIG);
        History history = new History(4);
        CheckedRun run =
                new CheckedRun(ledger, id -> new Deposit(id, 3, id < 2 ? Long.MAX_VALUE / 2 + 1 : 500), history);
        history.sent(0);
        history.sent(1);
        history.sent(2);
        ledger.submit(new Deposit(2, 3, 500)).resultNow();
        run.send(3);

        assertValid(run);
    }

    @Test
    void nothingToCheckIsNotValid() {
        TinyLedger ledger = new TinyLedger(CONFIG);
        CheckedRun nothingSent = new CheckedRun(ledger, id -> new Deposit(id, 0, 1), new History(10));
        History noneAccepted = new History(10);
        noneAccepted.sent(0);
        noneAccepted.answered(1, new Refused(Reason.UNAVAILABLE, "closed"));
        CheckedRun nothingAccepted = new CheckedRun(ledger, id -> new Deposit(id, 0, 1), noneAccepted);

        for (CheckedRun run : new CheckedRun[] {nothingSent, nothingAccepted}) {
            assertOnly(Violation.Kind.NOTHING_CHECKED, run.everyCommand());
            assertOnly(Violation.Kind.NOTHING_CHECKED, run.totals());
            assertOnly(Violation.Kind.NOTHING_CHECKED, run.liveOnly());
        }
    }

    @Test
    void nothingToCompareWithIsNotValid() {
        History history = new History(10);
        history.answered(0, new Accepted(100_001));

        Verdict verdict = Checker.check(LedgerConfig.inMemory(), id -> new Deposit(id, 0, 1), history, List.of());

        assertOnly(Violation.Kind.NOTHING_CHECKED, verdict);
        assertEquals(
                "1 commands acknowledged, 0 accounts compared",
                verdict.examples().getFirst().detail());
    }

    private static void assertValid(CheckedRun run) {
        for (Verdict verdict : new Verdict[] {run.everyCommand(), run.totals(), run.liveOnly()}) {
            assertTrue(verdict.isValid(), verdict::toString);
        }
    }

    private static void assertOnly(Violation.Kind kind, Verdict verdict) {
        assertFalse(verdict.isValid());
        assertEquals(Map.of(kind, 1L), verdict.violations());
    }
}
