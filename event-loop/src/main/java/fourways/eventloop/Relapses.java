package fourways.eventloop;

import fourways.workload.RestartBackoff.Decision;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Recovers a shard at once, however often, with one limit: a message is sent again after each recovery, so one that always fails would keep the shard recovering
 * for ever. No request is sent again: these need no limit.
 */
final class Relapses implements Restarts {

    /** How many messages from peers may fail before it has been calm for a while. */
    static final int MAX = 16;

    private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final Decision AT_ONCE = new Decision.Restart(Duration.ZERO);
    private static final Decision NEVER = new Decision.GiveUp(FOR_GOOD);

    private int relapses;
    private long lastRelapseNanos;

    @Override
    public void serves(long nowNanos) {}

    @Override
    public Decision requestFailed(long nowNanos) {
        return AT_ONCE;
    }

    @Override
    public Decision messageFailed(long nowNanos) {
        relapses = nowNanos - lastRelapseNanos < CALM_NANOS ? relapses + 1 : 1;
        lastRelapseNanos = nowNanos;
        return relapses > MAX ? NEVER : AT_ONCE;
    }

    @Override
    public Decision recoveryFailed(long nowNanos) {
        return NEVER;
    }
}
