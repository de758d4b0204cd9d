package fourways.report;

import org.jspecify.annotations.Nullable;

/**
 * How much one variant of an architecture does with a number of requests kept in flight (closed loop), over several forks. The figures are of the
 * VALID trials only and null if there is none.
 *
 * @param requestsPerSecond answered, by the whole ledger
 * @param cpuMicrosPerRequest CPU time, user and system, of all the trial's processes: ledger, workers and load generator
 * @param rssMebibytes memory that all the trial's processes together hold at the end, shared pages counted once
 * @param status that of the worst trial; a cell that is not VALID ranks nowhere
 * @param reason why it is not VALID; null if it is
 */
record ThroughputCell(
        String architecture,
        String variant,
        int inFlight,
        @Nullable Figure requestsPerSecond,
        @Nullable Figure cpuMicrosPerRequest,
        @Nullable Figure rssMebibytes,
        Status status,
        @Nullable String reason) {}
