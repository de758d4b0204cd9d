package fourways.workload;

/**
 * The time that somebody who looks again and again was awake. It stands still while they are late for a look: when a whole JVM stood still, for a garbage
 * collection, a SIGSTOP or want of a core, it could hear of nothing, and what it did not hear of in that time is nobody's fault.
 *
 * <p>Confined to whoever looks.
 */
public final class AwakeClock {

    /** A look that comes no later than this was in time. */
    private static final int INTERVALS_IN_TIME = 2;

    private final long longestNanos;
    private long lastLookNanos;
    private long awakeNanos;

    /**
     * Begins at zero.
     *
     * @param intervalNanos from one look to the next; twice that is still in time
     * @param nowNanos {@link System#nanoTime()}
     */
    public AwakeClock(long intervalNanos, long nowNanos) {
        this.longestNanos = INTERVALS_IN_TIME * intervalNanos;
        this.lastLookNanos = nowNanos;
    }

    /** Looks, and returns for how long whoever looks has been awake by then. */
    public long look(long nowNanos) {
        awakeNanos += Math.clamp(nowNanos - lastLookNanos, 0, longestNanos);
        lastLookNanos = nowNanos;
        return awakeNanos;
    }

    /** As of the last look. */
    public long awakeNanos() {
        return awakeNanos;
    }
}
