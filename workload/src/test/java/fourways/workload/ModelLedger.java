package fourways.workload;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.Locate;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Command.Transfer;
import fourways.workload.Command.Withdraw;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * What a ledger should answer, one command after the other: arrays and unbounded integers, no shards, nothing clever. It shares no code with what it is compared to but
 * the commands and outcomes.
 */
final class ModelLedger {

    private final int shards;
    private final BigInteger[] balances;

    /** By account % shards: all that came in there from outside, less what was withdrawn. */
    private final BigInteger[] minted;

    ModelLedger(LedgerConfig config) {
        this.shards = config.shards();
        this.balances = new BigInteger[config.accounts()];
        Arrays.fill(balances, BigInteger.valueOf(config.initialBalanceCents()));
        this.minted = new BigInteger[shards];
        Arrays.fill(minted, BigInteger.ZERO);
        for (int account = 0; account < balances.length; account++) {
            minted[account % shards] = minted[account % shards].add(balances[account]);
        }
    }

    Outcome apply(Command command) {
        return switch (command) {
            case Deposit c -> deposit(c);
            case Withdraw c -> withdraw(c);
            case Transfer c -> transfer(c);
            case ReadBalance c -> isKnown(c.account()) ? balance(c.account()) : refused(Reason.UNKNOWN_ACCOUNT);
            case Locate _, Sabotage _ -> throw new IllegalArgumentException("the model has no threads: " + command);
        };
    }

    /** Whether a ledger may answer so: the texts of refusals are its own. */
    static boolean agree(Outcome expected, Outcome actual) {
        return (expected instanceof Refused expectedRefusal && actual instanceof Refused actualRefusal)
                ? expectedRefusal.reason() == actualRefusal.reason()
                : expected.equals(actual);
    }

    private Outcome deposit(Deposit c) {
        if (!isKnown(c.account())) {
            return refused(Reason.UNKNOWN_ACCOUNT);
        }
        BigInteger shardMinted = minted[c.account() % shards].add(BigInteger.valueOf(c.amountCents()));
        BigInteger share = BigInteger.valueOf(Long.MAX_VALUE).divide(BigInteger.valueOf(shards));
        if (c.amountCents() <= 0 || shardMinted.compareTo(share) > 0) {
            return refused(Reason.INVALID_AMOUNT);
        }
        minted[c.account() % shards] = shardMinted;
        add(c.account(), c.amountCents());
        return balance(c.account());
    }

    private Outcome withdraw(Withdraw c) {
        if (!isKnown(c.account())) {
            return refused(Reason.UNKNOWN_ACCOUNT);
        } else if (c.amountCents() <= 0) {
            return refused(Reason.INVALID_AMOUNT);
        } else if (!covers(c.account(), c.amountCents())) {
            return refused(Reason.INSUFFICIENT_FUNDS);
        }
        add(c.account(), -c.amountCents());
        minted[c.account() % shards] = minted[c.account() % shards].subtract(BigInteger.valueOf(c.amountCents()));
        return balance(c.account());
    }

    private Outcome transfer(Transfer c) {
        if (!isKnown(c.from()) || !isKnown(c.to())) {
            return refused(Reason.UNKNOWN_ACCOUNT);
        } else if (c.from() == c.to()) {
            return refused(Reason.SAME_ACCOUNT);
        } else if (c.amountCents() <= 0) {
            return refused(Reason.INVALID_AMOUNT);
        } else if (!covers(c.from(), c.amountCents())) {
            return refused(Reason.INSUFFICIENT_FUNDS);
        }
        add(c.from(), -c.amountCents());
        add(c.to(), c.amountCents());
        return balance(c.from());
    }

    private boolean isKnown(int account) {
        return 0 <= account && account < balances.length;
    }

    private boolean covers(int account, long amountCents) {
        return balances[account].compareTo(BigInteger.valueOf(amountCents)) >= 0;
    }

    private void add(int account, long amountCents) {
        balances[account] = balances[account].add(BigInteger.valueOf(amountCents));
    }

    private Accepted balance(int account) {
        return new Accepted(balances[account].longValueExact());
    }

    private static Refused refused(Reason reason) {
        return new Refused(reason, "");
    }
}
