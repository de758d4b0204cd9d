package fourways.process;

import fourways.workload.Restarts;
import java.time.Duration;

/** Replaces a lost worker at once, but not any more after so many in a row of which none lasted. */
final class RestartLimit implements Restarts {

    private static final int MAX_IN_A_ROW = 5;

    /** A worker that serves for so long was started well. */
    private static final Duration CALM = Duration.ofSeconds(1);

    private int inARow;
    private boolean serving;
    private long servingSinceNanos;

    @Override
    public void serves(long nowNanos) {
        serving = true;
        servingSinceNanos = nowNanos;
    }

    @Override
    public Decision failed(long nowNanos) {
        boolean lasted = serving && nowNanos - servingSinceNanos >= CALM.toNanos();
        serving = false;
        inARow = lasted ? 0 : inARow + 1;
        return inARow < MAX_IN_A_ROW ? new Decision.Restart(Duration.ZERO) : new Decision.GiveUp(FOR_GOOD);
    }
}
