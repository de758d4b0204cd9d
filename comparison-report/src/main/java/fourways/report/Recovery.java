package fourways.report;

import org.jspecify.annotations.Nullable;

/** Whether all shards served again after a fault, and who saw to that, in the one word that a prediction can be held against. */
enum Recovery {
    /** Also where nothing was ever out. */
    BY_ITSELF("back by itself"),
    RESTARTED_FROM_OUTSIDE("back only after a restart from outside"),
    /** Not while it was watched. */
    NOT_AT_ALL("not back while watched");

    private final String words;

    Recovery(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** Null if nothing was measured that counts. */
    static @Nullable Recovery measured(FaultCell cell) {
        FaultCell.Victim victim = cell.victim();
        FaultCell.Neighbours neighbours = cell.neighbours();
        if (cell.status() != Status.VALID || victim == null || neighbours == null) {
            return null;
        }
        if (!victim.recovered() || !neighbours.recovered()) {
            return NOT_AT_ALL;
        }
        return cell.restartsFromOutside() > 0 ? RESTARTED_FROM_OUTSIDE : BY_ITSELF;
    }
}
