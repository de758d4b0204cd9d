package fourways.workload;

import static fourways.workload.CheckedRun.CONFIG;
import static fourways.workload.Violation.Kind.BALANCE_DIFFERS;
import static fourways.workload.Violation.Kind.LIVE_DIFFERS;
import static fourways.workload.Violation.Kind.LOST;
import static fourways.workload.Violation.Kind.MONEY;
import static fourways.workload.Violation.Kind.REFUSED_BUT_APPLIED;
import static fourways.workload.Violation.Kind.WRONG_ANSWER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.Deposit;
import fourways.workload.Outcome.Accepted;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Ledgers broken on purpose as in {@link BrokenLedgersTest}, by what they tell their clients. */
class BrokenAnswersTest {

    @Test
    void acknowledgedBeforeJournaled() {
        List<Entry> unwritten = new ArrayList<>();
        TinyLedger ledger = new TinyLedger(CONFIG) {
            @Override
            Outcome serve(Command command) {
                if (command.id() % 64 == 0) {
                    unwritten.forEach(super::append);
                    unwritten.clear();
                }
                return super.serve(command);
            }

            @Override
            void append(Entry entry) {
                unwritten.add(entry);
            }
        };
        CheckedRun run = CheckedRun.random(ledger);
        long lost = unwritten.stream().map(Entry::id).distinct().count();
        assertTrue(lost > 0);

        unwritten.clear();
        ledger.restart();

        assertEquals(lost, run.everyCommand().count(LOST));
        run.assertRed(Set.of(LOST), Set.of(BALANCE_DIFFERS, MONEY), Set.of(LIVE_DIFFERS));
    }

    @Test
    void refusedButApplied() {
        CheckedRun run = CheckedRun.random(new MistakenLedger() {
            @Override
            Outcome deposit(Deposit c) {
                Outcome outcome = super.deposit(c);
                return isNow(c) ? Admission.unavailable("for no reason") : outcome;
            }
        });

        run.assertRed(Set.of(REFUSED_BUT_APPLIED), Set.of(BALANCE_DIFFERS, MONEY), Set.of(LIVE_DIFFERS));
    }

    @Test
    void acknowledgedWithAnotherBalanceThanItLeft() {
        CheckedRun run = CheckedRun.random(new MistakenLedger() {
            @Override
            Outcome deposit(Deposit c) {
                Outcome outcome = super.deposit(c);
                return isNow(c) ? new Accepted(balanceCents(c.account()) + 100) : outcome;
            }
        });

        // The sums are all right: only who looks at each command can see it.
        run.assertRed(Set.of(WRONG_ANSWER), Set.of(), Set.of());
    }

    @Test
    void wrongAnswersOfSeveralShardsAreCountedOnceEach() {
        TinyLedger ledger = new TinyLedger(CONFIG) {
            @Override
            Outcome deposit(Deposit c) {
                Outcome outcome = super.deposit(c);
                // None of these happens to have the fingerprint of the right balance.
                return c.id() % 100 < 3 ? new Accepted(balanceCents(c.account()) + 1_000) : outcome;
            }
        };

        Verdict verdict = new CheckedRun(ledger, id -> new Deposit(id, (int) id % 40, 1), 2_000).everyCommand();

        assertEquals(60, verdict.count(WRONG_ANSWER), verdict::toString);
        assertEquals(5, verdict.examples().size(), verdict::toString);
    }

    @Test
    void acknowledgedThoughItMakesNoSense() {
        CheckedRun run = new CheckedRun(
                new TinyLedger(CONFIG) {
                    @Override
                    public CompletableFuture<Outcome> submit(Command command) {
                        return command.id() == 5
                                ? CompletableFuture.completedFuture(new Accepted(0))
                                : super.submit(command);
                    }
                },
                id -> new Deposit(id, 1, id == 5 ? -1 : 1),
                10);

        run.assertRed(Set.of(LOST), Set.of(WRONG_ANSWER), Set.of(WRONG_ANSWER));
    }
}
