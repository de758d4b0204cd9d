package fourways.process;

import fourways.workload.JournalMode;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerOpenException;

/**
 * What the workers of the hardened variant may use. Each has a default that suits the ledger, and a system property to set it.
 *
 * @param heapMebibytes {@code fourways.process.heapMebibytes}: the heap of each, at least what the plain variant gives it by default
 * @param maxDescriptors {@code fourways.process.maxDescriptors}: files and sockets that each may have open at once
 * @param openMillis {@code fourways.process.openMillis}: how long a worker may take from one open shard to the next before it is taken for stuck
 * @param spares {@code fourways.process.spares}: 1 if there is to be one more than needed, for the next that is lost; 0 if not
 */
record WorkerSettings(int heapMebibytes, int maxDescriptors, int openMillis, int spares) {

    private static final String PREFIX = "fourways.process.";

    /** What the JVM itself opens, generously. */
    private static final int BASE_DESCRIPTORS = 128;

    /** A shard holds its lock, and a segment or two at moments. */
    private static final int DESCRIPTORS_PER_SHARD = 4;

    /**
     * Many times what replaying a segment of the usual size takes, and enough for one of a gibibyte from a slow disk. And longer than a journal is waited for that somebody else still holds, so that this is what
     * is said then.
     */
    static final int OPEN_MILLIS = 10_000;

    private static final int MIN_OPEN_MILLIS = 100;
    private static final int MAX_OPEN_MILLIS = 3_600_000;

    private static final int MAX_DESCRIPTORS = 1 << 20;
    private static final int MAX_HEAP_MEBIBYTES = 1 << 20;

    /** @throws LedgerOpenException if a property is not a number, or out of range */
    static WorkerSettings of(LedgerConfig config) {
        int heapMebibytes = Limits.heapMebibytes(config);
        int shards = (config.shards() + config.workers() - 1) / config.workers();
        int descriptors = BASE_DESCRIPTORS + DESCRIPTORS_PER_SHARD * shards;
        return new WorkerSettings(
                setting("heapMebibytes", heapMebibytes, heapMebibytes, MAX_HEAP_MEBIBYTES),
                setting("maxDescriptors", descriptors, descriptors, MAX_DESCRIPTORS),
                setting("openMillis", OPEN_MILLIS, MIN_OPEN_MILLIS, MAX_OPEN_MILLIS),
                // In MEMORY nobody can take over what is lost.
                config.journal() == JournalMode.MEMORY ? 0 : setting("spares", 1, 0, 1));
    }

    private static int setting(String name, int otherwise, int low, int high) {
        String text = System.getProperty(PREFIX + name);
        if (text == null) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= low && value <= high) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Falls through to what is said about all that is not allowed.
        }
        throw new LedgerOpenException(PREFIX + name + " is '" + text + "', allowed are " + low + " to " + high);
    }
}
