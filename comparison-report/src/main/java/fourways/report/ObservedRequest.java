package fourways.report;

import fourways.workload.Command;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Located;
import fourways.workload.Outcome.Refused;
import org.jspecify.annotations.Nullable;

/**
 * All that an observer knows of one request. Times are microseconds since its schedule began.
 *
 * @param intendedMicros when it was to be sent
 * @param sentMicros when it was; null if there was nobody to send it to
 * @param answeredMicros when the answer came; null if none did
 * @param outcome the answer
 * @param ok whether it was served, and within {@link Schedule#DEADLINE} of the intended time
 */
record ObservedRequest(
        Command command,
        long intendedMicros,
        @Nullable Long sentMicros,
        @Nullable Long answeredMicros,
        @Nullable Outcome outcome,
        boolean ok) {

    private static final long DEADLINE_MICROS = Schedule.DEADLINE.toMillis() * 1_000;

    /**
     * From the intended time to the answer, so that a request that had to wait for being sent is not taken for a fast one (coordinated omission). One that was never answered counts as
     * answered at its deadline, which is the least that it took. Null for what nobody was sent, and for failures: a quick "no" is not quick service.
     */
    @Nullable
    Long latencyMicros() {
        if (sentMicros == null) {
            return null;
        } else if (outcome == null || answeredMicros == null) {
            return DEADLINE_MICROS;
        }
        return isServed(outcome) ? answeredMicros - intendedMicros : null;
    }

    /** A shard that says "no" to what its rules forbid serves; one that nobody can ask does not. */
    static boolean isServed(Outcome outcome) {
        return switch (outcome) {
            case Accepted _, Located _ -> true;
            case Indeterminate _ -> false;
            case Refused refused ->
                switch (refused.reason()) {
                    case OVERLOADED, UNAVAILABLE, QUARANTINED -> false;
                    case UNKNOWN_ACCOUNT,
                            UNKNOWN_SHARD,
                            UNKNOWN_FAULT,
                            SAME_ACCOUNT,
                            INVALID_AMOUNT,
                            INSUFFICIENT_FUNDS -> true;
                };
        };
    }
}
