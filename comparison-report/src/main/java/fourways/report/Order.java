package fourways.report;

import fourways.workload.LedgerConfig;
import java.nio.file.Path;
import java.util.List;

/**
 * What a trial's JVM is to do, as its command line says it: the components in this order.
 *
 * @param directory where the ledger keeps its journals
 * @param socket where {@link Mode#SERVE} listens
 */
record Order(
        Mode mode,
        String architecture,
        String variant,
        Path directory,
        Path socket,
        int accounts,
        int segmentBytes,
        int capacity,
        long seed,
        int inFlight,
        long warmUpMillis,
        long measuredMillis) {

    private static final int COMPONENTS = 12;
    private static final int SHARDS = 64;

    /** Large enough that rolling into the next one is rare at full speed, small enough that preallocating one a shard takes no time. */
    static final int LARGE_SEGMENT_BYTES = 2 << 20;

    /**
     * Small enough that each shard rolls into the next one a few times under a light load of ten minutes; in an observed trial none does. All 64 together are soon made, read through
     * in a recovery, and packed into a trial's raw data.
     */
    static final int SMALL_SEGMENT_BYTES = 1 << 16;

    /** The smallest that there is: with {@link #LITTLE_CAPACITY}, each shard rolls into the next one about every three seconds under a light load. */
    static final int TIGHT_SEGMENT_BYTES = 1 << 12;

    /** What a shard lets in by default. */
    static final int CAPACITY = 1_024;

    /** Several times what is in flight under a light load. A journal file must have room for the outbox, which this bounds. */
    static final int LITTLE_CAPACITY = 32;

    enum Mode {
        /** Drive the ledger from within, at its own speed, then check it. */
        DRIVE_LEDGER,
        /** The same with the bare hop, of which there is nothing to check. */
        DRIVE_FLOOR,
        /** Open the ledger and serve it on a socket. */
        SERVE
    }

    /** The ledger that all trials open. Segments are kept, so that the checker can account for every command. */
    LedgerConfig config() {
        return LedgerConfig.in(directory)
                .withAccounts(accounts, SHARDS)
                .withCapacity(capacity)
                .withSegments(segmentBytes, true)
                .withVariant(variant);
    }

    List<String> arguments() {
        return List.of(
                mode.name(),
                architecture,
                variant,
                directory.toString(),
                socket.toString(),
                Integer.toString(accounts),
                Integer.toString(segmentBytes),
                Integer.toString(capacity),
                Long.toString(seed),
                Integer.toString(inFlight),
                Long.toString(warmUpMillis),
                Long.toString(measuredMillis));
    }

    static Order parse(String... arguments) {
        if (arguments.length != COMPONENTS) {
            throw new IllegalArgumentException(
                    "a trial has " + COMPONENTS + " arguments, these are " + List.of(arguments));
        }
        return new Order(
                Mode.valueOf(arguments[0]),
                arguments[1],
                arguments[2],
                Path.of(arguments[3]),
                Path.of(arguments[4]),
                Integer.parseInt(arguments[5]),
                Integer.parseInt(arguments[6]),
                Integer.parseInt(arguments[7]),
                Long.parseLong(arguments[8]),
                Integer.parseInt(arguments[9]),
                Long.parseLong(arguments[10]),
                Long.parseLong(arguments[11]));
    }
}
