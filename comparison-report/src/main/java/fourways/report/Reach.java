package fourways.report;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far into the machinery a fault reached: who served the neighbours before it and after it, and whose memory it changed.
 *
 * @param before null if nobody asked
 * @param after null if nobody asked, or there was nobody left to ask
 * @param survivingProcesses how many processes served neighbours both before and after
 * @param survivingThreads the same for kernel threads
 * @param alteredShards those whose memory had other balances than their journals
 */
record Reach(
        @Nullable Servers before,
        @Nullable Servers after,
        int survivingProcesses,
        int survivingThreads,
        List<Integer> alteredShards) {

    static final Reach UNKNOWN = new Reach(null, null, 0, 0, List.of());

    Reach {
        alteredShards = List.copyOf(alteredShards);
    }

    /**
     * Who answered for the neighbours when each was asked where it is.
     *
     * @param processes their numbers, ascending
     * @param threads the kernel's numbers of the threads, ascending
     * @param silentShards how many neighbours did not answer in time
     */
    record Servers(List<Long> processes, List<Long> threads, int silentShards) {}

    static Reach of(@Nullable Servers before, @Nullable Servers after, List<Integer> alteredShards) {
        List<Integer> altered = List.copyOf(new TreeSet<>(alteredShards));
        return before == null || after == null
                ? new Reach(before, after, 0, 0, altered)
                : new Reach(
                        before,
                        after,
                        common(before.processes(), after.processes()),
                        common(before.threads(), after.threads()),
                        altered);
    }

    private static int common(List<Long> before, List<Long> after) {
        Set<Long> survivors = new HashSet<>(before);
        survivors.retainAll(after);
        return survivors.size();
    }
}
