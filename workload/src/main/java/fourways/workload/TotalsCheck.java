package fourways.workload;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Transfer;
import fourways.workload.Command.Withdraw;
import fourways.workload.History.State;

/**
 * Adds up what all commands come to, for a ledger whose journals do not go back to its beginning: those that were accepted surely, those without a definite
 * answer perhaps. In which order does not matter to a sum.
 */
final class TotalsCheck {

    private final LedgerConfig config;
    private final Commands commands;
    private final History history;
    private final Expected expected;
    private final Violations violations;

    TotalsCheck(LedgerConfig config, Commands commands, History history, Expected expected, Violations violations) {
        this.config = config;
        this.commands = commands;
        this.history = history;
        this.expected = expected;
        this.violations = violations;
    }

    void run(long endId) {
        for (long id = 0; id < endId; id++) {
            State state = history.state(id);
            if (state != State.UNSENT && state != State.REFUSED) {
                addUp(commands.command(id), state == State.ACCEPTED);
            }
        }
    }

    private void addUp(Command command, boolean isCertain) {
        Outcome.Refused refusal = Validation.refusalOf(command, config);
        if (refusal == null) {
            happened(command, isCertain);
        } else if (isCertain) {
            violations.add(
                    Violation.Kind.WRONG_ANSWER,
                    () -> command + " was acknowledged, though it is to be refused: " + refusal.detail());
        }
    }

    private void happened(Command command, boolean isCertain) {
        switch (command) {
            case Deposit c -> {
                change(c.account(), c.amountCents(), isCertain);
                mint(c.amountCents(), isCertain);
            }
            case Withdraw c -> {
                change(c.account(), -c.amountCents(), isCertain);
                mint(-c.amountCents(), isCertain);
            }
            case Transfer c -> {
                change(c.from(), -c.amountCents(), isCertain);
                change(c.to(), c.amountCents(), isCertain);
            }
            case ReadBalance _, Command.Locate _, Command.Sabotage _ -> {}
        }
    }

    private void change(int account, long cents, boolean isCertain) {
        if (isCertain) {
            expected.change(account, cents);
        } else {
            expected.maybeChange(account, cents);
        }
    }

    private void mint(long cents, boolean isCertain) {
        if (isCertain) {
            expected.mint(cents);
        } else {
            expected.maybeMint(cents);
        }
    }
}
