package fourways.report;

import java.util.List;

/**
 * One thing that may not grow in a soak: how much of it there was early on, at the end, and may have been. What may be more is stated here, and why.
 *
 * @param unit what is counted
 */
record SoakGrowth(String unit, long before, long after, long limit) {

    static final String PROCESSES = "processes";
    static final String THREADS = "threads";
    static final String DESCRIPTORS = "descriptors";
    static final String HEAP = "KiB of heap";

    /** A spare process that was just being started at one of the two looks. */
    private static final int SPARE_PROCESSES = 1;

    /** A JVM starts and ends compiler and collector threads as it needs them, some in each process. */
    private static final int THREADS_OF_A_JVM = 8;

    /** A thread that is held for good, and the one in its place. */
    private static final int THREADS_OF_A_SPINNING_ONE = 2;

    /** Files that one of the looks finds open by chance; and each further thread of an event loop has three or so. */
    private static final int DESCRIPTORS_OF_A_PROCESS = 16;

    /** What is allowed to pile up, since it is bounded: quarantined and suspected commands, and the classes and code that are loaded late. */
    private static final long HEAP_KIBIBYTES_OF_A_PROCESS = 8 * 1_024;

    private static final long PERCENT = 100;

    /** How much larger than before the heap may be in any case: objects that die young are never all dead. */
    private static final long HEAP_PERCENT = 25;

    boolean isWithinLimit() {
        return after <= limit;
    }

    /** @param spinning how many threads are held for good by what struck since */
    static List<SoakGrowth> of(SoakUsage before, SoakUsage after, int spinning) {
        int processes = before.processes();
        return List.of(
                new SoakGrowth(PROCESSES, processes, after.processes(), processes + SPARE_PROCESSES),
                new SoakGrowth(
                        THREADS,
                        before.threads(),
                        after.threads(),
                        before.threads()
                                + (long) THREADS_OF_A_JVM * (processes + SPARE_PROCESSES)
                                + (long) THREADS_OF_A_SPINNING_ONE * spinning),
                new SoakGrowth(
                        DESCRIPTORS,
                        before.descriptors(),
                        after.descriptors(),
                        before.descriptors() + (long) DESCRIPTORS_OF_A_PROCESS * (processes + SPARE_PROCESSES)),
                new SoakGrowth(
                        HEAP,
                        before.heapKibibytes(),
                        after.heapKibibytes(),
                        before.heapKibibytes() * (PERCENT + HEAP_PERCENT) / PERCENT
                                + HEAP_KIBIBYTES_OF_A_PROCESS * (processes + SPARE_PROCESSES)));
    }

    /** All in bounds. */
    static boolean allWithinLimits(List<SoakGrowth> growths) {
        return growths.stream().allMatch(SoakGrowth::isWithinLimit);
    }

    String inWords() {
        return "%s: %,d, early on %,d, allowed %,d".formatted(unit, after, before, limit);
    }
}
