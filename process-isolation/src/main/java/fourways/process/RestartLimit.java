package fourways.process;

import java.time.Duration;

/** Decides whether a lost worker is replaced: not after so many in a row of which none lasted. The place for a cleverer policy. Not thread-safe. */
final class RestartLimit {

    private static final int MAX_IN_A_ROW = 5;

    /** A worker that serves for so long was started well. */
    private static final Duration CALM = Duration.ofSeconds(1);

    private final int maxInARow;
    private int inARow;

    private RestartLimit(int maxInARow) {
        this.maxInARow = maxInARow;
    }

    static RestartLimit usual() {
        return new RestartLimit(MAX_IN_A_ROW);
    }

    /** For workers that cannot be replaced, since what they knew is written down nowhere. */
    static RestartLimit never() {
        return new RestartLimit(0);
    }

    /** Whether another worker is started after one that has served for so long, 0 if it never did. */
    boolean allowsAnotherAfter(Duration served) {
        inARow = served.compareTo(CALM) < 0 ? inARow + 1 : 0;
        return inARow < maxInARow;
    }
}
