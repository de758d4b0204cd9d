package fourways.report;

import org.jspecify.annotations.Nullable;

/**
 * Whether one variant of an architecture lived through its soak.
 *
 * @param soak null if it did not come to its end
 * @param reason why it is not VALID; null if it is
 */
record SoakCell(
        String architecture,
        String variant,
        @Nullable SoakMeasurement soak,
        Status status,
        @Nullable String reason) {}
