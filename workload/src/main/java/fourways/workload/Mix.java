package fourways.workload;

/**
 * How often each kind of command comes: weights, of which only the ratios matter.
 *
 * @param deposits from 0 to 1,000,000, like all of them; at least one is positive
 */
public record Mix(int deposits, int withdrawals, int transfers, int reads) {

    /**
     * 15 % deposits, 15 % withdrawals, 40 % transfers, 30 % reads: mostly writes, since reads cost the ledger little, and mostly transfers, since they are
     * where architectures differ.
     */
    public static final Mix STANDARD = new Mix(15, 15, 40, 30);

    private static final int MAX_WEIGHT = 1_000_000;

    public Mix {
        requireWeight("deposits", deposits);
        requireWeight("withdrawals", withdrawals);
        requireWeight("transfers", transfers);
        requireWeight("reads", reads);
        if (deposits + withdrawals + transfers + reads == 0) {
            throw new IllegalArgumentException(
                    "deposits, withdrawals, transfers and reads are all 0, allowed is one or more above");
        }
    }

    int total() {
        return deposits + withdrawals + transfers + reads;
    }

    private static void requireWeight(String name, int weight) {
        if (weight < 0 || weight > MAX_WEIGHT) {
            throw new IllegalArgumentException(name + " is " + weight + ", allowed are 0 to " + MAX_WEIGHT);
        }
    }
}
