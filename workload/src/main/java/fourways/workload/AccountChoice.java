package fourways.workload;

/** Which accounts a load prefers. Thread-safe. */
public sealed interface AccountChoice permits AccountChoice.Uniform, Zipf {

    /** How many accounts there are to choose from. */
    int accounts();

    /** Turns 64 random bits into an account. */
    int choose(long random);

    /** All accounts alike. */
    static AccountChoice uniform(int accounts) {
        return new Uniform(accounts);
    }

    /** A few accounts much more often than most; see {@link Zipf}. */
    static AccountChoice zipf(int accounts, double exponent) {
        return new Zipf(accounts, exponent);
    }

    /** Each account is as likely as any other. */
    record Uniform(int accounts) implements AccountChoice {

        public Uniform {
            requireAccounts(accounts);
        }

        @Override
        public int choose(long random) {
            return (int) SplitMix.below(accounts, random);
        }
    }

    /** Throws an exception if no ledger can have that many. */
    static void requireAccounts(int accounts) {
        if (accounts < 1 || accounts > LedgerConfig.MAX_ACCOUNTS) {
            throw new IllegalArgumentException(
                    "accounts is " + accounts + ", allowed are 1 to " + LedgerConfig.MAX_ACCOUNTS);
        }
    }
}
