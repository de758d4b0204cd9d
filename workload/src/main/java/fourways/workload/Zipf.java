package fourways.workload;

import java.util.Arrays;

/**
 * Chooses account {@code n} with a probability proportional to {@code (n + 1) ^ -exponent} (Zipf's law). The accounts are not scrambled: as
 * {@code shard = account % shards}, the hottest ones lie on different shards anyhow, and whoever reads a result knows that account 0 is the
 * hottest account and shard 0 the hottest shard.
 *
 * <p>Walker's alias method with Vose's tables ("A linear algorithm for generating random numbers with a given distribution", IEEE
 * Transactions on Software Engineering, 1991): one look-up a choice, 8 bytes an account. Made with {@link StrictMath}, so that a seed means the
 * same commands on every machine.
 */
public final class Zipf implements AccountChoice {

    private static final double MAX_EXPONENT = 10;

    private final double exponent;

    /** Which part of each column is its own account's, as an unsigned fraction of 2^32; the rest is its alias'. */
    private final int[] own;

    private final int[] alias;

    Zipf(int accounts, double exponent) {
        AccountChoice.requireAccounts(accounts);
        if (!(exponent > 0 && exponent <= MAX_EXPONENT)) {
            throw new IllegalArgumentException("the Zipf exponent is " + exponent
                    + ", allowed are more than 0 (which would be uniform) to " + MAX_EXPONENT);
        }
        this.exponent = exponent;
        this.own = new int[accounts];
        this.alias = new int[accounts];
        level(columns(accounts, exponent));
    }

    /** By account, its probability times the number of accounts: the average is 1. */
    private static double[] columns(int accounts, double exponent) {
        double[] columns = new double[accounts];
        for (int account = 0; account < accounts; account++) {
            columns[account] = StrictMath.pow(account + 1.0, -exponent);
        }
        double sum = Arrays.stream(columns).sum();
        for (int account = 0; account < accounts; account++) {
            columns[account] *= accounts / sum;
        }
        return columns;
    }

    /** Fills each column that is below 1 with a piece of one above, until all are level and none has more than two owners. */
    private void level(double[] columns) {
        // Two stacks in one array: the low columns grow from its left end, the high ones from its right.
        int[] stacks = new int[columns.length];
        int lows = 0;
        int highs = columns.length;
        for (int column = 0; column < columns.length; column++) {
            stacks[columns[column] < 1 ? lows++ : --highs] = column;
        }
        while (lows > 0 && highs < columns.length) {
            int low = stacks[--lows];
            int high = stacks[highs];
            own[low] = (int) (long) (columns[low] * 0x1p32);
            alias[low] = high;
            columns[high] -= 1 - columns[low];
            if (columns[high] < 1) {
                highs++;
                stacks[lows++] = high;
            }
        }
        // What is left is level but for rounding.
        while (lows > 0) {
            int level = stacks[--lows];
            alias[level] = level;
        }
        for (; highs < columns.length; highs++) {
            alias[stacks[highs]] = stacks[highs];
        }
    }

    @Override
    public int accounts() {
        return own.length;
    }

    public double exponent() {
        return exponent;
    }

    @Override
    public int choose(long random) {
        // The high half of the product is the column, the low half says how far up in it.
        int column = (int) SplitMix.below(own.length, random);
        int height = (int) ((random * own.length) >>> Integer.SIZE);
        return Integer.compareUnsigned(height, own[column]) < 0 ? column : alias[column];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Zipf zipf && zipf.accounts() == accounts() && zipf.exponent == exponent;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(exponent) * 31 + accounts();
    }

    @Override
    public String toString() {
        return "Zipf[accounts=" + accounts() + ", exponent=" + exponent + "]";
    }
}
