package fourways.report;

import fourways.report.FaultCell.Neighbours;
import fourways.report.FaultCell.Victim;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What victim and neighbours of a fault went through, in words that follow from the figures by the rules of the page's glossary. */
final class PageVerdict {

    /** Came back by itself. */
    static final String BY_ITSELF = "↻";

    /** Came back because somebody outside started it again. */
    static final String FROM_OUTSIDE = "→";

    /** Did not come back. */
    static final String NOT_BACK = "∞";

    /** Not what was predicted. */
    static final String REFUTED = "≠";

    private PageVerdict() {}

    /** The verdict in few words. A trial that does not count has no verdict but that. */
    static String neighbours(FaultCell cell) {
        Neighbours neighbours = cell.neighbours();
        if (cell.status() != Status.VALID || neighbours == null) {
            return status(cell);
        }
        return switch (PageLevel.of(cell)) {
            case CONTAINED -> "Neighbours unharmed";
            case SLOWED -> slowed(neighbours) + " neighbours slowed";
            case SPREAD, EVERYWHERE -> {
                double hit = neighbours.affectedShards().median();
                if (neighbours.affectedShards().high() == 0) {
                    yield "Memory of " + share(Blast.alteredNeighbours(cell), neighbours) + " neighbours changed";
                }
                yield hit == 0
                        ? "Neighbours hit in some repeats"
                        : capitalized(share(hit, neighbours)) + " neighbours hit";
            }
            case INVALID, ABSENT -> status(cell);
        };
    }

    /** The same as short as it can be said. */
    static String reached(FaultCell cell) {
        Neighbours neighbours = cell.neighbours();
        if (cell.status() != Status.VALID || neighbours == null) {
            return status(cell);
        }
        return switch (PageLevel.of(cell)) {
            case CONTAINED -> "none hit";
            case SLOWED -> slowed(neighbours) + " slow";
            case SPREAD, EVERYWHERE ->
                neighbours.affectedShards().high() == 0
                        ? share(Blast.alteredNeighbours(cell), neighbours) + " altered"
                        : reach(cell);
            case INVALID, ABSENT -> status(cell);
        };
    }

    private static String status(FaultCell cell) {
        return switch (cell.status()) {
            case VALID -> "No figures";
            case NOT_APPLICABLE -> "Not applicable";
            case INVALID -> cell.fired() == null ? "Did not fire" : "Invalid";
            case FAILED -> "Failed";
            case NOT_RUN -> "Not run";
        };
    }

    private static String slowed(Neighbours neighbours) {
        Figure slowed = Objects.requireNonNull(neighbours.slowedShards(), "what is slowed has been compared");
        return slowed.median() == 0 ? "some" : share(slowed.median(), neighbours);
    }

    private static String share(double shards, Neighbours neighbours) {
        return (shards >= neighbours.shards() ? "all " : PageWords.shards(shards) + " of ") + neighbours.shards();
    }

    private static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** Verdict and figures in one phrase. */
    static String inWords(FaultCell cell) {
        String more = neighboursMore(cell);
        String victim = victim(cell);
        return neighbours(cell)
                + (more.isEmpty() ? "" : ": " + more + slowedToo(cell))
                + (victim.isEmpty() ? "" : ". " + victim + operator(cell));
    }

    private static String operator(FaultCell cell) {
        String words = cell.operatorRestarts().inWords();
        return words.isEmpty() ? "" : ". " + words;
    }

    /** "15 hit, 40 slowed": of the neighbours of a cell that counts, those reached in each of the three ways, as far as any was. */
    static String counts(FaultCell cell) {
        Neighbours neighbours = Objects.requireNonNull(cell.neighbours(), "a cell that counts has neighbours");
        Figure slowed = neighbours.slowedShards();
        int altered = Blast.alteredNeighbours(cell);
        return PageWords.shards(neighbours.affectedShards().median()) + " hit"
                + (slowed == null || slowed.high() == 0 ? "" : ", " + PageWords.shards(slowed.median()) + " slowed")
                + (altered == 0 ? "" : ", " + altered + " changed") + " of " + neighbours.shards();
    }

    /** Where requests of neighbours failed and others were slow; empty if none was. */
    private static String slowedToo(FaultCell cell) {
        Neighbours neighbours = Objects.requireNonNull(cell.neighbours(), "a cell that counts has neighbours");
        return Blast.isSlowed(neighbours) ? ", " + slowed(neighbours) + " slowed" : "";
    }

    /** What the neighbours noticed, in figures; empty if nothing, or if it does not count. */
    static String neighboursMore(FaultCell cell) {
        Neighbours neighbours = cell.neighbours();
        if (cell.status() != Status.VALID
                || neighbours == null
                || neighbours.affectedShards().high() == 0) {
            return "";
        }
        String millis = PageWords.millis(neighbours.worstOutageMillis().median());
        return (neighbours.recovered() ? "out for up to " + millis : "not all steady again within " + millis) + ", "
                + PageWords.shareOk(neighbours.availability().median()) + " ok";
    }

    /** "15 of 63", for a cell in which requests of neighbours failed. */
    private static String reach(FaultCell cell) {
        Neighbours neighbours = Objects.requireNonNull(cell.neighbours(), "a cell that counts has neighbours");
        double hit = neighbours.affectedShards().median();
        return hit == 0 ? "in some repeats" : share(hit, neighbours);
    }

    /** " (1.35 s)" or " (not steady)", for a cell that counts; empty if no neighbour was out. */
    static String worst(FaultCell cell) {
        Neighbours neighbours = Objects.requireNonNull(cell.neighbours(), "a cell that counts has neighbours");
        if (!neighbours.recovered()) {
            return " (not steady)";
        }
        Figure outage = neighbours.worstOutageMillis();
        return outage.high() == 0 ? "" : " (" + PageWords.millis(outage.median()) + ")";
    }

    /** How long the victim was out and how it came back; empty if that does not count. */
    static String victim(FaultCell cell) {
        Victim victim = cell.victim();
        if (cell.status() != Status.VALID || victim == null) {
            return "";
        }
        String name = victim.shards() == 1 ? "Victim" : "Victims";
        String millis = PageWords.millis(victim.outageMillis().median());
        if (!victim.recovered()) {
            return name + " not steady again within " + millis;
        }
        if (victim.outageMillis().high() == 0) {
            return name + " never out";
        }
        return name + " out for " + millis + (cell.restartsFromOutside() > 0 ? ", back after a restart" : "");
    }

    /** The sign for how all shards came back, and the longest outage of any; empty if that does not count. */
    static String back(FaultCell cell) {
        Recovery recovery = Recovery.measured(cell);
        Victim victim = cell.victim();
        Neighbours neighbours = cell.neighbours();
        if (recovery == null || victim == null || neighbours == null) {
            return "";
        }
        Figure longest =
                victim.outageMillis().median() >= neighbours.worstOutageMillis().median()
                        ? victim.outageMillis()
                        : neighbours.worstOutageMillis();
        String millis = PageWords.millis(longest.median());
        return switch (recovery) {
            case NOT_AT_ALL -> NOT_BACK + " not back";
            case RESTARTED_FROM_OUTSIDE -> FROM_OUTSIDE + " " + millis;
            case BY_ITSELF ->
                victim.outageMillis().high() == 0
                                && neighbours.worstOutageMillis().high() == 0
                        ? "never out"
                        : BY_ITSELF + " " + millis;
        };
    }

    /** Why a cell does not count, in addition to its verdict; null if it counts. */
    static @Nullable String problem(FaultCell cell) {
        boolean silent = cell.status() == Status.INVALID && cell.fired() == null;
        return silent ? PageWords.problem(cell.status(), cell.reason()) : cell.reason();
    }
}
