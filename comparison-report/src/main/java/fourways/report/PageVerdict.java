package fourways.report;

import fourways.report.FaultCell.Neighbours;
import fourways.report.FaultCell.Victim;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What victim and neighbours of a fault went through, in words that follow from the figures by the rules of the page's glossary. */
final class PageVerdict {

    private PageVerdict() {}

    /** The verdict in few words. A trial that does not count has no verdict but that. */
    static String neighbours(FaultCell cell) {
        Neighbours neighbours = cell.neighbours();
        if (cell.status() != Status.VALID || neighbours == null) {
            return switch (cell.status()) {
                case VALID -> "No figures";
                case NOT_APPLICABLE -> "Not applicable";
                case INVALID -> cell.fired() == null ? "Did not fire" : "Invalid";
                case FAILED -> "Failed";
                case NOT_RUN -> "Not run";
            };
        }
        Figure affected = neighbours.affectedShards();
        if (affected.high() == 0) {
            return "Neighbours unharmed";
        }
        if (affected.median() == 0) {
            return "Neighbours hit in some repeats";
        }
        return affected.median() >= neighbours.shards()
                ? "All " + neighbours.shards() + " neighbours hit"
                : PageWords.shards(affected.median()) + " of " + neighbours.shards() + " neighbours hit";
    }

    /** Verdict and figures in one phrase. */
    static String inWords(FaultCell cell) {
        String more = neighboursMore(cell);
        String victim = victim(cell);
        return neighbours(cell) + (more.isEmpty() ? "" : ": " + more) + (victim.isEmpty() ? "" : ". " + victim);
    }

    /** What the neighbours noticed, in figures; empty if nothing, or if it does not count. */
    static String neighboursMore(FaultCell cell) {
        Neighbours neighbours = cell.neighbours();
        if (cell.status() != Status.VALID
                || neighbours == null
                || neighbours.affectedShards().high() == 0) {
            return "";
        }
        return worst(neighbours) + ", "
                + PageWords.shareOk(neighbours.availability().median()) + " ok";
    }

    /** "15 of 63", for a cell that counts and was not contained. */
    static String reach(FaultCell cell) {
        Neighbours neighbours = Objects.requireNonNull(cell.neighbours(), "a cell that counts has neighbours");
        double hit = neighbours.affectedShards().median();
        return hit == 0
                ? "in some repeats"
                : (hit >= neighbours.shards() ? "all " : PageWords.shards(hit) + " of ") + neighbours.shards();
    }

    /** "1.35 s" or "not steady", for such a cell. */
    static String worst(FaultCell cell) {
        Neighbours neighbours = Objects.requireNonNull(cell.neighbours(), "a cell that counts has neighbours");
        return neighbours.recovered()
                ? PageWords.millis(neighbours.worstOutageMillis().median())
                : "not steady";
    }

    private static String worst(Neighbours neighbours) {
        String millis = PageWords.millis(neighbours.worstOutageMillis().median());
        return neighbours.recovered() ? "out for up to " + millis : "not all steady again within " + millis;
    }

    /** How long the victim was out and how it came back; empty if that does not count. */
    static String victim(FaultCell cell) {
        Victim victim = cell.victim();
        if (cell.status() != Status.VALID || victim == null) {
            return "";
        }
        String millis = PageWords.millis(victim.outageMillis().median());
        if (!victim.recovered()) {
            return "Victim not steady again within " + millis;
        }
        if (victim.outageMillis().high() == 0) {
            return "Victim never out";
        }
        return "Victim out for " + millis + (cell.restartsFromOutside() > 0 ? ", back after a restart" : "");
    }

    /** Why a cell does not count, in addition to its verdict; null if it counts. */
    static @Nullable String problem(FaultCell cell) {
        boolean silent = cell.status() == Status.INVALID && cell.fired() == null;
        return silent ? PageWords.problem(cell.status(), cell.reason()) : cell.reason();
    }
}
