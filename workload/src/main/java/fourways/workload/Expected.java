package fourways.workload;

import java.util.Arrays;

/**
 * What each account must hold, added up from what happened, and how far what may have happened could move that. 8 bytes an account, 24 where
 * something is uncertain. Sums may wrap around, as do those that they are compared with.
 */
final class Expected {

    private static final long[] NOTHING = {};

    private final long[] balances;
    private long[] maybeIn = NOTHING;
    private long[] maybeOut = NOTHING;
    private long mintedCents;
    private long maybeMintedCents;
    private long maybeBurntCents;

    Expected(LedgerConfig config) {
        balances = new long[config.accounts()];
        Arrays.fill(balances, config.initialBalanceCents());
        mintedCents = config.initialBalanceCents() * config.accounts();
    }

    /** So much came to an account or, below 0, went from it. */
    void change(int account, long cents) {
        balances[account] += cents;
    }

    /** So much came into the ledger or, below 0, went out of it. */
    void mint(long cents) {
        mintedCents += cents;
    }

    /** So much may have come to an account or gone from it, or may yet. */
    void maybeChange(int account, long cents) {
        if (maybeIn.length == 0) {
            maybeIn = new long[balances.length];
            maybeOut = new long[balances.length];
        }
        if (cents > 0) {
            maybeIn[account] = plus(maybeIn[account], cents);
        } else {
            maybeOut[account] = plus(maybeOut[account], -cents);
        }
    }

    /** So much may have come into the ledger or gone out of it, or may yet. */
    void maybeMint(long cents) {
        if (cents > 0) {
            maybeMintedCents = plus(maybeMintedCents, cents);
        } else {
            maybeBurntCents = plus(maybeBurntCents, -cents);
        }
    }

    private static long plus(long sum, long cents) {
        return sum > Long.MAX_VALUE - cents ? Long.MAX_VALUE : sum + cents;
    }

    long balanceCents(int account) {
        return balances[account];
    }

    long mintedCents() {
        return mintedCents;
    }

    /** Whether an account can hold this, given all that may have happened. */
    boolean allows(int account, long cents) {
        return isWithin(cents - balances[account], in(account), out(account));
    }

    /** Whether an account that holds this in the end can have held that before, given all that may have happened in between. */
    boolean allows(int account, long cents, long centsBefore) {
        return isWithin(cents - centsBefore, in(account), out(account));
    }

    /** Whether all accounts together can hold this, given all that may have happened. */
    boolean allowsTotal(long cents) {
        return isWithin(cents - mintedCents, maybeMintedCents, maybeBurntCents);
    }

    private static boolean isWithin(long difference, long in, long out) {
        return difference >= 0 ? difference <= in : -difference <= out && difference != Long.MIN_VALUE;
    }

    private long in(int account) {
        return maybeIn.length == 0 ? 0 : maybeIn[account];
    }

    private long out(int account) {
        return maybeOut.length == 0 ? 0 : maybeOut[account];
    }
}
