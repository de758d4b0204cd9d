package fourways.report;

import org.jspecify.annotations.Nullable;

/**
 * The file of one trial: all that is known of it, and nothing averaged.
 *
 * @param measured of a trial that was driven from within; null for others, or if it failed
 * @param paired of one that was driven in turns with its yardstick; null for others, or if it failed
 * @param observed of a trial that was observed from outside; null for others, or if it failed
 * @param soaked of a soak; null for others, or if it failed
 */
record TrialRecord(
        int schemaVersion,
        long seed,
        Results.Trial trial,
        @Nullable Measured measured,
        @Nullable PairMeasurement paired,
        @Nullable FaultMeasurement observed,
        @Nullable SoakMeasurement soaked) {

    boolean isValid() {
        return trial.status() == Status.VALID;
    }
}
