package fourways.workload;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Decides when something that failed is started again: the first time at once, then after delays that double, and after too many failures in a row not
 * for a long while. A row ends with a failure that comes after a calm period of service.
 *
 * <p>Each delay, and the pause too, is between half and all of what it would be, at random from a seed, so that several that failed together do not come back together (Brooker, "Exponential backoff
 * and jitter", 2015: "equal jitter").
 *
 * <p>Pure: it reads no clock, starts nothing and waits for nothing; times come from {@link System#nanoTime()} of the caller.
 */
public final class RestartBackoff implements Restarts {

    /**
     * How patient it is.
     *
     * @param maxInARow how many failures in a row, 1 or more, are each followed by a restart
     * @param firstDelay after the second failure in a row; it doubles with each further one
     * @param maxDelay where it stops doubling
     * @param calm whoever served for so long was started well: what comes then is a new row
     * @param pause how long nothing is tried after too many failures
     */
    public record Settings(int maxInARow, Duration firstDelay, Duration maxDelay, Duration calm, Duration pause) {

        public Settings {
            if (maxInARow < 1) {
                throw new IllegalArgumentException("maxInARow is " + maxInARow + ", allowed are 1 and more");
            }
            requirePositive("firstDelay", firstDelay);
            requirePositive("calm", calm);
            requirePositive("pause", pause);
            if (maxDelay.compareTo(firstDelay) < 0) {
                throw new IllegalArgumentException(
                        "maxDelay is " + maxDelay + ", allowed are " + firstDelay + ", the first delay, and more");
            }
        }

        private static void requirePositive(String name, Duration duration) {
            if (!duration.isPositive()) {
                throw new IllegalArgumentException(name + " is " + duration + ", allowed is what is longer than 0");
            }
        }

        /** Five restarts within a second or so, then none for ten. */
        public static Settings usual() {
            return new Settings(
                    5, Duration.ofMillis(50), Duration.ofMillis(400), Duration.ofSeconds(2), Duration.ofSeconds(10));
        }
    }

    private final Settings settings;
    private final SplittableRandom random;

    private int inARow;
    private boolean serving;
    private long servingSinceNanos;

    /** Begins with something that has never failed. */
    public RestartBackoff(Settings settings, long seed) {
        this.settings = settings;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public synchronized void serves(long nowNanos) {
        serving = true;
        servingSinceNanos = nowNanos;
    }

    /** While it served, or before it did. */
    @Override
    public synchronized Decision failed(long nowNanos) {
        boolean calm =
                serving && nowNanos - servingSinceNanos >= settings.calm().toNanos();
        serving = false;
        // One more than the limit is as good as any number more.
        inARow = calm ? 1 : Math.min(inARow + 1, settings.maxInARow() + 1);
        if (inARow > settings.maxInARow()) {
            return new Decision.GiveUp(jittered(settings.pause()));
        }
        return new Decision.Restart(inARow == 1 ? Duration.ZERO : jittered(delay()));
    }

    private Duration delay() {
        Duration delay = settings.firstDelay();
        for (int doubled = 2; doubled < inARow && delay.compareTo(settings.maxDelay()) < 0; doubled++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(settings.maxDelay()) < 0 ? delay : settings.maxDelay();
    }

    private Duration jittered(Duration most) {
        long nanos = most.toNanos();
        return Duration.ofNanos(nanos - random.nextLong(nanos / 2 + 1));
    }
}
