package fourways.workload;

import static fourways.workload.CheckedRun.CONFIG;
import static fourways.workload.Violation.Kind.APPLIED_TWICE;
import static fourways.workload.Violation.Kind.BALANCE_DIFFERS;
import static fourways.workload.Violation.Kind.LIVE_DIFFERS;
import static fourways.workload.Violation.Kind.LOST;
import static fourways.workload.Violation.Kind.MONEY;
import static fourways.workload.Violation.Kind.NEVER_SENT;
import static fourways.workload.Violation.Kind.OVERDRAWN;
import static fourways.workload.Violation.Kind.WRONG_ANSWER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.Withdraw;
import fourways.workload.Entry.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Ledgers broken on purpose, one mistake each. The checker must turn red, and for the right reason: the mistake itself, and else only what follows from it. Each
 * is looked at command by command, by its totals, and by live reads alone; see also {@link BrokenAnswersTest}, {@link BrokenTransfersTest} and {@link UnlockedLedgerTest}.
 */
class BrokenLedgersTest {

    @Test
    void replayThatSkipsARecord() {
        TinyLedger ledger = new TinyLedger(CONFIG) {
            @Override
            List<Entry> replayed(int shard) {
                List<Entry> replayed = new ArrayList<>(super.replayed(shard));
                if (shard == 2) {
                    replayed.remove(replayed.stream()
                            .filter(entry -> entry.kind() == Kind.DEPOSIT)
                            .findFirst()
                            .orElseThrow());
                }
                return replayed;
            }
        };
        CheckedRun run = CheckedRun.random(ledger);

        ledger.restart();

        run.assertRed(Set.of(LIVE_DIFFERS), Set.of(LIVE_DIFFERS), Set.of(LIVE_DIFFERS));
    }

    @Test
    void depositAppliedTwice() {
        CheckedRun run = CheckedRun.random(new MistakenLedger() {
            @Override
            Outcome deposit(Deposit c) {
                Outcome outcome = super.deposit(c);
                if (isNow(c)) {
                    super.deposit(c);
                }
                return outcome;
            }
        });

        assertEquals(1, run.everyCommand().count(APPLIED_TWICE));
        run.assertRed(Set.of(APPLIED_TWICE), Set.of(BALANCE_DIFFERS, MONEY), Set.of(LIVE_DIFFERS));
    }

    @Test
    void entryThatNobodySent() {
        CheckedRun run = CheckedRun.random(new MistakenLedger() {
            @Override
            Outcome deposit(Deposit c) {
                if (isNow(c)) {
                    super.deposit(new Deposit(1_000_000, c.account(), c.amountCents()));
                }
                return super.deposit(c);
            }
        });

        run.assertRed(Set.of(NEVER_SENT), Set.of(BALANCE_DIFFERS, MONEY), Set.of(LIVE_DIFFERS));
    }

    @Test
    void entryOfACommandThatIsYetToBeSent() {
        Load load = Load.standard(CONFIG, 1).withMix(new Mix(1, 0, 0, 0));
        TinyLedger ledger = new TinyLedger(CONFIG);
        CheckedRun run = new CheckedRun(ledger, load, 100);

        ledger.submit(load.command(100)).resultNow();

        run.assertRed(Set.of(NEVER_SENT), Set.of(BALANCE_DIFFERS, MONEY), Set.of(LIVE_DIFFERS));
    }

    @Test
    void entryInAnotherShardsJournal() {
        CheckedRun run = CheckedRun.random(new MistakenLedger() {
            @Override
            void append(Entry entry) {
                boolean isMistake = entry.kind() == Kind.DEPOSIT
                        && config.shardOf(entry.account()) == 1
                        && isNow(new Deposit(entry.id(), 0, 1));
                journals.get(isMistake ? 3 : config.shardOf(entry.account())).add(entry);
            }
        });

        Verdict verdict = run.everyCommand();

        assertEquals(1, verdict.count(NEVER_SENT), verdict::toString);
        assertEquals(1, verdict.count(LOST), verdict::toString);
    }

    @Test
    void entryForAnotherAccountThanWasSent() {
        CheckedRun run = CheckedRun.random(new MistakenLedger() {
            @Override
            Outcome deposit(Deposit c) {
                int account = isNow(c) ? (c.account() + config.shards()) % config.accounts() : c.account();
                return super.deposit(new Deposit(c.id(), account, c.amountCents()));
            }
        });

        // It is not in the journal as it was sent, and all of its money is there.
        run.assertRed(Set.of(NEVER_SENT, LOST), Set.of(BALANCE_DIFFERS), Set.of(LIVE_DIFFERS));
    }

    @Test
    void entryOfAnotherAmountThanWasSent() {
        CheckedRun run = CheckedRun.random(new MistakenLedger() {
            @Override
            Outcome deposit(Deposit c) {
                return super.deposit(new Deposit(c.id(), c.account(), c.amountCents() + (isNow(c) ? 1 : 0)));
            }
        });

        run.assertRed(Set.of(NEVER_SENT, LOST), Set.of(BALANCE_DIFFERS, MONEY), Set.of(LIVE_DIFFERS));
    }

    @Test
    void moreSpentThanWasThere() {
        TinyLedger ledger = new TinyLedger(CONFIG) {
            @Override
            boolean covers(int account, long amountCents) {
                return true;
            }
        };

        CheckedRun run = new CheckedRun(ledger, id -> new Withdraw(id, 3, 60_000), 2);

        run.assertRed(Set.of(OVERDRAWN), Set.of(OVERDRAWN), Set.of(OVERDRAWN));
    }

    @Test
    void halfAChangeLeftInMemoryByAnOwnerThatFailedAndDidNotRecover() {
        CheckedRun run = CheckedRun.random(new MistakenLedger() {
            @Override
            Outcome deposit(Deposit c) {
                if (isNow(c)) {
                    books.get(3).disturb(1);
                }
                return super.deposit(c);
            }
        });

        assertTrue(run.everyCommand().violations().containsKey(LIVE_DIFFERS));
        run.assertRed(Set.of(LIVE_DIFFERS, WRONG_ANSWER), Set.of(LIVE_DIFFERS), Set.of(LIVE_DIFFERS));
    }

    @Test
    void allViolationsAreCountedAndAFewToldInFull() {
        Verdict verdict = CheckedRun.random(new TinyLedger(CONFIG) {
                    @Override
                    void append(Entry entry) {}
                })
                .everyCommand();

        assertTrue(verdict.count(LOST) > 1_000, verdict::toString);
        List<Violation> lost = verdict.examples().stream()
                .filter(example -> example.kind() == LOST)
                .toList();
        assertEquals(5, lost.size());
        assertEquals(
                "Transfer[id=0, from=37, to=9, amountCents=2] was acknowledged, but shard 1 has no entry of it",
                lost.getFirst().detail());
        assertTrue(verdict.toString().startsWith("INVALID {LOST="), verdict::toString);
    }
}
