package fourways.report;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When a shard counts as slowed: the 99th percentile of its latency is above {@link #FACTOR} times that of the same shard in the control, and above {@link #FLOOR_MICROS}.
 *
 * <p>A shard is sent a hundred requests or so in the window. Of so few the percentile is taken exactly, from the sorted latencies; a histogram would round them, and keep thousands
 * of counters for each shard. It is the largest latency that at least one in a hundred requests exceeds, and at least one at all: so a single hiccup never decides.
 */
final class Slowness {

    static final double FACTOR = 5;

    /**
     * As late as the observer itself may be: what is faster than that may be its own doing, or that of whatever else wants the cores, such as a JVM that starts. Without it a control of some
     * hundred microseconds would make slow what no client notices.
     */
    static final long FLOOR_MICROS = TimeUnit.MILLISECONDS.toMicros(Punctuality.LATE_MILLIS);

    /** Of fewer, the one that may exceed it would be more than a twentieth, which nobody would call one in a hundred. */
    static final int MIN_SAMPLES = 20;

    private Slowness() {}

    /** Null if there are too few. */
    static @Nullable Long p99Micros(long[] latenciesMicros) {
        int n = latenciesMicros.length;
        if (n < MIN_SAMPLES) {
            return null;
        }
        long[] sorted = latenciesMicros.clone();
        Arrays.sort(sorted);
        return sorted[n - 1 - Math.ceilDiv(n, 100)];
    }

    /** What cannot be compared is not called slow. */
    static boolean isSlowed(@Nullable Long p99Micros, @Nullable Long controlP99Micros) {
        return p99Micros != null
                && controlP99Micros != null
                && p99Micros > FLOOR_MICROS
                && p99Micros > FACTOR * controlP99Micros;
    }
}
