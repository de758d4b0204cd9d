package fourways.report;

import fourways.report.FaultCell.Neighbours;
import org.jspecify.annotations.Nullable;

/** How many neighbours of a victim a fault reached, in the one word that a prediction can be held against. */
enum Blast {
    /** No neighbour noticed, in any repeat. */
    NONE("no neighbour"),
    /** At most as many as one of four owners holds. */
    SHARE("at most a quarter of the neighbours"),
    /** More than that. Most faults that leave their owner reach everybody; where it was half of them, the figure beside the word says so. */
    ALL("more than a quarter of the neighbours");

    private static final double QUARTER = 0.25;

    private final String words;

    Blast(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /**
     * By the widest of three ways to be reached: a request that failed, service that became slow, memory that was changed. Null if nothing was measured that counts.
     */
    static @Nullable Blast measured(FaultCell cell) {
        Neighbours neighbours = cell.neighbours();
        if (cell.status() != Status.VALID || neighbours == null) {
            return null;
        }
        double altered = alteredShare(cell);
        Figure slowed = neighbours.slowedShare();
        if (neighbours.blastRadius().high() == 0 && !isSlowed(neighbours) && altered == 0) {
            return NONE;
        }
        double widest = Math.max(altered, neighbours.blastRadius().median());
        return Math.max(widest, slowed == null ? 0 : slowed.median()) <= QUARTER ? SHARE : ALL;
    }

    /** Whether any neighbour was, in any repeat: one bad repeat must not vanish behind the median of the others. */
    static boolean isSlowed(Neighbours neighbours) {
        Figure slowed = neighbours.slowedShare();
        return slowed != null && slowed.high() > 0;
    }

    /** Of the neighbours, those whose memory the fault changed. */
    static int alteredNeighbours(FaultCell cell) {
        Reach reach = cell.reach();
        return reach == null
                ? 0
                : reach.alteredShards().stream()
                        .filter(shard -> !cell.victimShards().contains(shard))
                        .toList()
                        .size();
    }

    /** From 0 to 1. */
    static double alteredShare(FaultCell cell) {
        Neighbours neighbours = cell.neighbours();
        return neighbours == null || neighbours.shards() == 0
                ? 0
                : (double) alteredNeighbours(cell) / neighbours.shards();
    }
}
