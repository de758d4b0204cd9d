package fourways.workload;

import static fourways.workload.CheckedRun.CONFIG;
import static fourways.workload.Violation.Kind.APPLIED_TWICE;
import static fourways.workload.Violation.Kind.BALANCE_DIFFERS;
import static fourways.workload.Violation.Kind.HALF_TRANSFER;
import static fourways.workload.Violation.Kind.LIVE_DIFFERS;
import static fourways.workload.Violation.Kind.LOST;
import static fourways.workload.Violation.Kind.MONEY;
import static fourways.workload.Violation.Kind.NEVER_SENT;
import static fourways.workload.Violation.Kind.OVERDRAWN;
import static fourways.workload.Violation.Kind.REFUSED_BUT_APPLIED;
import static fourways.workload.Violation.Kind.WRONG_ANSWER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.Transfer;
import fourways.workload.Command.Withdraw;
import fourways.workload.Entry.Kind;
import fourways.workload.Outcome.Accepted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Ledgers broken on purpose, one mistake each. The checker must turn red, and for the right reason: the mistake itself, and else only what follows from it. Each
 * is looked at command by command, by its totals, and by live reads alone; see also {@link UnlockedLedgerTest}.
 */
class BrokenLedgersTest {

    /** Makes its mistake once, at the first command of the right kind from here on. */
    private abstract static class Mistaken extends TinyLedger {

        private boolean done;

        Mistaken() {
            super(CONFIG);
        }

        boolean isNow(Command command) {
            boolean isNow = !done && command.id() >= 1_000;
            done |= isNow;
            return isNow;
        }
    }

    /** Makes its mistake with all transfers from shard 0 to shard 1 from some time on, so that their numbers stay in order. */
    private abstract static class MistakenTransfers extends TinyLedger {

        long mistakes;

        MistakenTransfers() {
            super(CONFIG);
        }

        boolean isNow(Transfer c) {
            boolean isNow = c.id() >= 1_000 && config.shardOf(c.from()) == 0 && config.shardOf(c.to()) == 1;
            mistakes += isNow ? 1 : 0;
            return isNow;
        }
    }

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
        assertRed(run, Set.of(LOST), Set.of(BALANCE_DIFFERS, MONEY), Set.of(LIVE_DIFFERS));
    }

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

        assertRed(run, Set.of(LIVE_DIFFERS), Set.of(LIVE_DIFFERS), Set.of(LIVE_DIFFERS));
    }

    @Test
    void creditAppliedTwice() {
        CheckedRun run = CheckedRun.random(new Mistaken() {
            @Override
            void credit(Transfer c, long number) {
                super.credit(c, number);
                if (isNow(c)) {
                    super.credit(c, number);
                }
            }
        });

        assertEquals(1, run.everyCommand().count(APPLIED_TWICE));
        assertRed(run, Set.of(APPLIED_TWICE, MONEY), Set.of(BALANCE_DIFFERS, MONEY), Set.of(LIVE_DIFFERS));
    }

    @Test
    void creditAppliedTwiceInMemoryOnly() {
        CheckedRun run = CheckedRun.random(new Mistaken() {
            @Override
            void credit(Transfer c, long number) {
                super.credit(c, number);
                if (isNow(c)) {
                    redo(new Entry(Kind.CREDIT, c.id(), c.to(), c.from(), c.amountCents(), number));
                }
            }
        });

        // From then on the account's own clients are told the wrong balance, too.
        assertRed(run, Set.of(LIVE_DIFFERS, WRONG_ANSWER), Set.of(LIVE_DIFFERS), Set.of(LIVE_DIFFERS));
    }

    @Test
    void depositAppliedTwice() {
        CheckedRun run = CheckedRun.random(new Mistaken() {
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
        assertRed(run, Set.of(APPLIED_TWICE), Set.of(BALANCE_DIFFERS, MONEY), Set.of(LIVE_DIFFERS));
    }

    @Test
    void refusedButApplied() {
        CheckedRun run = CheckedRun.random(new Mistaken() {
            @Override
            Outcome deposit(Deposit c) {
                Outcome outcome = super.deposit(c);
                return isNow(c) ? Admission.unavailable("for no reason") : outcome;
            }
        });

        assertRed(run, Set.of(REFUSED_BUT_APPLIED), Set.of(BALANCE_DIFFERS, MONEY), Set.of(LIVE_DIFFERS));
    }

    @Test
    void entryThatNobodySent() {
        CheckedRun run = CheckedRun.random(new Mistaken() {
            @Override
            Outcome deposit(Deposit c) {
                if (isNow(c)) {
                    super.deposit(new Deposit(1_000_000, c.account(), c.amountCents()));
                }
                return super.deposit(c);
            }
        });

        assertRed(run, Set.of(NEVER_SENT), Set.of(BALANCE_DIFFERS, MONEY), Set.of(LIVE_DIFFERS));
    }

    @Test
    void entryOfACommandThatIsYetToBeSent() {
        Load load = Load.standard(CONFIG, 1).withMix(new Mix(1, 0, 0, 0));
        TinyLedger ledger = new TinyLedger(CONFIG);
        CheckedRun run = new CheckedRun(ledger, load, 100);

        ledger.submit(load.command(100)).resultNow();

        assertRed(run, Set.of(NEVER_SENT), Set.of(BALANCE_DIFFERS, MONEY), Set.of(LIVE_DIFFERS));
    }

    @Test
    void entryInAnotherShardsJournal() {
        CheckedRun run = CheckedRun.random(new Mistaken() {
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
    void transferToAnotherAccountThanWasSent() {
        CheckedRun run = CheckedRun.random(new Mistaken() {
            @Override
            Outcome transfer(Transfer c) {
                boolean isMistake = config.shardOf(c.from()) == config.shardOf(c.to()) && isNow(c);
                int to = (c.to() + 2 * config.shards()) % config.accounts();
                return super.transfer(isMistake ? new Transfer(c.id(), c.from(), to, c.amountCents()) : c);
            }
        });

        assertRed(run, Set.of(NEVER_SENT, LOST), Set.of(BALANCE_DIFFERS), Set.of(LIVE_DIFFERS));
    }

    @Test
    void entryForAnotherAccountThanWasSent() {
        CheckedRun run = CheckedRun.random(new Mistaken() {
            @Override
            Outcome deposit(Deposit c) {
                int account = isNow(c) ? (c.account() + config.shards()) % config.accounts() : c.account();
                return super.deposit(new Deposit(c.id(), account, c.amountCents()));
            }
        });

        // It is not in the journal as it was sent, and all of its money is there.
        assertRed(run, Set.of(NEVER_SENT, LOST), Set.of(BALANCE_DIFFERS), Set.of(LIVE_DIFFERS));
    }

    @Test
    void entryOfAnotherAmountThanWasSent() {
        CheckedRun run = CheckedRun.random(new Mistaken() {
            @Override
            Outcome deposit(Deposit c) {
                return super.deposit(new Deposit(c.id(), c.account(), c.amountCents() + (isNow(c) ? 1 : 0)));
            }
        });

        assertRed(run, Set.of(NEVER_SENT, LOST), Set.of(BALANCE_DIFFERS, MONEY), Set.of(LIVE_DIFFERS));
    }

    @Test
    void transferWhoseCreditNeverArrived() {
        MistakenTransfers ledger = new MistakenTransfers() {
            @Override
            void credit(Transfer c, long number) {
                if (!isNow(c)) {
                    super.credit(c, number);
                }
            }
        };
        CheckedRun run = CheckedRun.random(ledger);

        assertEquals(ledger.mistakes, run.everyCommand().count(HALF_TRANSFER));
        assertRed(run, Set.of(HALF_TRANSFER, MONEY), Set.of(BALANCE_DIFFERS, MONEY), Set.of(LIVE_DIFFERS));
    }

    @Test
    void transferAcknowledgedWhileItsMoneyIsStillOnItsWay() {
        MistakenTransfers ledger = new MistakenTransfers() {
            private boolean isStuck;

            @Override
            void credit(Transfer c, long number) {
                isStuck = isNow(c);
                if (!isStuck) {
                    super.credit(c, number);
                }
            }

            @Override
            void settle(Transfer c, long number) {
                if (!isStuck) {
                    super.settle(c, number);
                }
            }
        };
        CheckedRun run = CheckedRun.random(ledger);

        assertEquals(ledger.mistakes, run.everyCommand().count(HALF_TRANSFER));
        assertRed(run, Set.of(HALF_TRANSFER), Set.of(BALANCE_DIFFERS), Set.of(LIVE_DIFFERS));
    }

    @Test
    void transferSettledThoughItNeverArrivedAndNobodyHeardOfIt() {
        CheckedRun run = CheckedRun.random(new MistakenTransfers() {
            @Override
            Outcome transfer(Transfer c) {
                Outcome outcome = super.transfer(c);
                return isNow(c) ? new Outcome.Indeterminate("failed") : outcome;
            }

            @Override
            void credit(Transfer c, long number) {
                if (!isNow(c)) {
                    super.credit(c, number);
                }
            }
        });

        // Without a definite answer the two accounts may hold either, but no money may be gone.
        assertRed(run, Set.of(HALF_TRANSFER, MONEY), Set.of(MONEY), Set.of());
    }

    @Test
    void transferCreditedThoughItWasNeverDebited() {
        MistakenTransfers ledger = new MistakenTransfers() {
            private boolean isNow;

            @Override
            void debit(Transfer c, long number) {
                isNow = isNow(c);
                if (!isNow) {
                    super.debit(c, number);
                }
            }

            @Override
            void credit(Transfer c, long number) {
                super.credit(c, isNow ? books.get(1).lastCredited(0) + 1 : number);
            }

            @Override
            void settle(Transfer c, long number) {
                if (!isNow) {
                    super.settle(c, number);
                }
            }
        };
        CheckedRun run = CheckedRun.random(ledger);

        assertEquals(ledger.mistakes, run.everyCommand().count(HALF_TRANSFER));
        assertRed(run, Set.of(HALF_TRANSFER, MONEY), Set.of(BALANCE_DIFFERS, MONEY), Set.of(LIVE_DIFFERS));
    }

    @Test
    void transferSettledThoughItWasNeverDebited() {
        CheckedRun run = CheckedRun.random(new Mistaken() {
            @Override
            Outcome transfer(Transfer c) {
                if (config.shardOf(c.from()) != config.shardOf(c.to()) && isNow(c)) {
                    settle(c, 1);
                    return new Outcome.Indeterminate("failed");
                }
                return super.transfer(c);
            }
        });

        assertEquals(Set.of(HALF_TRANSFER), run.everyCommand().violations().keySet());
    }

    @Test
    void creditsInAnotherOrderThanTheirDebits() {
        List<Transfer> late = new ArrayList<>();
        CheckedRun run = CheckedRun.random(new MistakenTransfers() {
            @Override
            void credit(Transfer c, long number) {
                if (late.isEmpty() && mistakes == 0 && isNow(c)) {
                    late.add(c);
                } else {
                    super.credit(c, number);
                    if (mistakes == 1 && isNow(c)) {
                        super.credit(late.getFirst(), number - 1);
                    }
                }
            }
        });

        assertEquals(1, late.size());
        assertEquals(Set.of(HALF_TRANSFER), run.everyCommand().violations().keySet());
    }

    @Test
    void settledTwice() {
        CheckedRun run = CheckedRun.random(new Mistaken() {
            @Override
            void settle(Transfer c, long number) {
                super.settle(c, number);
                if (isNow(c)) {
                    super.settle(c, number);
                }
            }
        });

        assertEquals(Set.of(HALF_TRANSFER), run.everyCommand().violations().keySet());
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

        assertRed(run, Set.of(OVERDRAWN), Set.of(OVERDRAWN), Set.of(OVERDRAWN));
    }

    @Test
    void acknowledgedWithAnotherBalanceThanItLeft() {
        CheckedRun run = CheckedRun.random(new Mistaken() {
            @Override
            Outcome deposit(Deposit c) {
                Outcome outcome = super.deposit(c);
                return isNow(c) ? new Accepted(balanceCents(c.account()) + 100) : outcome;
            }
        });

        // The sums are all right: only who looks at each command can see it.
        assertRed(run, Set.of(WRONG_ANSWER), Set.of(), Set.of());
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

        assertRed(run, Set.of(LOST), Set.of(WRONG_ANSWER), Set.of(WRONG_ANSWER));
    }

    @Test
    void halfAChangeLeftInMemoryByAnOwnerThatFailedAndDidNotRecover() {
        CheckedRun run = CheckedRun.random(new Mistaken() {
            @Override
            Outcome deposit(Deposit c) {
                if (isNow(c)) {
                    books.get(3).disturb(1);
                }
                return super.deposit(c);
            }
        });

        assertTrue(run.everyCommand().violations().containsKey(LIVE_DIFFERS));
        assertRed(run, Set.of(LIVE_DIFFERS, WRONG_ANSWER), Set.of(LIVE_DIFFERS), Set.of(LIVE_DIFFERS));
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

    private static void assertRed(
            CheckedRun run,
            Set<Violation.Kind> everyCommand,
            Set<Violation.Kind> totals,
            Set<Violation.Kind> liveOnly) {
        List<Set<Violation.Kind>> expected = Arrays.asList(everyCommand, totals, liveOnly);
        List<Verdict> verdicts = Arrays.asList(run.everyCommand(), run.totals(), run.liveOnly());

        for (int i = 0; i < 3; i++) {
            assertEquals(expected.get(i), verdicts.get(i).violations().keySet(), verdicts.get(i)::toString);
        }
    }
}
