package fourways.report;

import org.jspecify.annotations.Nullable;

/**
 * A ledger beside the bare hop of its own architecture, measured in turns by the same driver in the same run. The figures are of the VALID trials only
 * and null if there is none.
 *
 * @param ledgerOverFloor the share of the bare hop's throughput that is left once admission, shard and journal are behind it; one sample a pair of neighbouring trials
 */
record FloorCell(
        String architecture,
        String variant,
        int inFlight,
        @Nullable Figure ledgerRequestsPerSecond,
        @Nullable Figure floorRequestsPerSecond,
        @Nullable Figure ledgerOverFloor,
        Status status,
        @Nullable String reason) {}
