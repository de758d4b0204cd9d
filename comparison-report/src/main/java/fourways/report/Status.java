package fourways.report;

import java.util.Collection;
import java.util.Comparator;

/** What a trial is worth. The order is from best to worst; a cell is worth as much as the worst of its trials. */
enum Status {
    /** It ran, the checker found nothing, and what was to be measured was measured. */
    VALID,
    /** It was not run, because what it asks makes no sense for this variant, for the reason given. Nothing is wrong with that. */
    NOT_APPLICABLE,
    /** It ran, but its figures count for nothing: the checker found a violation, the observer was late, or the fault did not fire. */
    INVALID,
    /** It could not be run to its end. */
    FAILED,
    /** It was not run, because the run was interrupted. */
    NOT_RUN;

    /** Whether nothing is wrong with it. */
    boolean isSound() {
        return this == VALID || this == NOT_APPLICABLE;
    }

    static Status worst(Collection<Status> statuses) {
        return statuses.stream().max(Comparator.naturalOrder()).orElse(NOT_RUN);
    }
}
