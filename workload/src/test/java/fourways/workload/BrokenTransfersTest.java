package fourways.workload;

import static fourways.workload.CheckedRun.CONFIG;
import static fourways.workload.Violation.Kind.APPLIED_TWICE;
import static fourways.workload.Violation.Kind.BALANCE_DIFFERS;
import static fourways.workload.Violation.Kind.HALF_TRANSFER;
import static fourways.workload.Violation.Kind.LIVE_DIFFERS;
import static fourways.workload.Violation.Kind.LOST;
import static fourways.workload.Violation.Kind.MONEY;
import static fourways.workload.Violation.Kind.NEVER_SENT;
import static fourways.workload.Violation.Kind.WRONG_ANSWER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import fourways.workload.Command.Transfer;
import fourways.workload.Entry.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ledgers broken on purpose as in {@link BrokenLedgersTest}, by what they do to money on its way from one account to another. */
class BrokenTransfersTest {

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
    void creditAppliedTwice() {
        CheckedRun run = CheckedRun.random(new MistakenLedger() {
            @Override
            void credit(Transfer c, long number) {
                super.credit(c, number);
                if (isNow(c)) {
                    super.credit(c, number);
                }
            }
        });

        assertEquals(1, run.everyCommand().count(APPLIED_TWICE));
        run.assertRed(Set.of(APPLIED_TWICE, MONEY), Set.of(BALANCE_DIFFERS, MONEY), Set.of(LIVE_DIFFERS));
    }

    @Test
    void creditAppliedTwiceInMemoryOnly() {
        CheckedRun run = CheckedRun.random(new MistakenLedger() {
            @Override
            void credit(Transfer c, long number) {
                super.credit(c, number);
                if (isNow(c)) {
                    redo(new Entry(Kind.CREDIT, c.id(), c.to(), c.from(), c.amountCents(), number));
                }
            }
        });

        // From then on the account's own clients are told the wrong balance, too.
        run.assertRed(Set.of(LIVE_DIFFERS, WRONG_ANSWER), Set.of(LIVE_DIFFERS), Set.of(LIVE_DIFFERS));
    }

    @Test
    void transferToAnotherAccountThanWasSent() {
        CheckedRun run = CheckedRun.random(new MistakenLedger() {
            @Override
            Outcome transfer(Transfer c) {
                boolean isMistake = config.shardOf(c.from()) == config.shardOf(c.to()) && isNow(c);
                int to = (c.to() + 2 * config.shards()) % config.accounts();
                return super.transfer(isMistake ? new Transfer(c.id(), c.from(), to, c.amountCents()) : c);
            }
        });

        run.assertRed(Set.of(NEVER_SENT, LOST), Set.of(BALANCE_DIFFERS), Set.of(LIVE_DIFFERS));
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
        run.assertRed(Set.of(HALF_TRANSFER, MONEY), Set.of(BALANCE_DIFFERS, MONEY), Set.of(LIVE_DIFFERS));
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
        run.assertRed(Set.of(HALF_TRANSFER), Set.of(BALANCE_DIFFERS), Set.of(LIVE_DIFFERS));
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
        run.assertRed(Set.of(HALF_TRANSFER, MONEY), Set.of(MONEY), Set.of());
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
        run.assertRed(Set.of(HALF_TRANSFER, MONEY), Set.of(BALANCE_DIFFERS, MONEY), Set.of(LIVE_DIFFERS));
    }

    @Test
    void transferSettledThoughItWasNeverDebited() {
        CheckedRun run = CheckedRun.random(new MistakenLedger() {
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
        CheckedRun run = CheckedRun.random(new MistakenLedger() {
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
}
