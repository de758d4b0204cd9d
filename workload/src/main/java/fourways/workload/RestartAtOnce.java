package fourways.workload;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Starts what failed again at once, however often, with one limit: a message is sent again after each recovery, so one that always fails would keep a shard recovering
 * for ever. No request is sent again by the ledger: these need no limit.
 */
final class RestartAtOnce implements Restarts {

    /** How many messages from peers may fail before it has been calm for a while. */
    static final int MAX_RELAPSES = 16;

    static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final Decision AT_ONCE = new Decision.Restart(Duration.ZERO);
    private static final Decision NEVER = new Decision.GiveUp(FOR_GOOD);

    private int relapses;
    private long lastRelapseNanos;

    @Override
    public void serves(long nowNanos) {}

    @Override
    public Decision failed(long nowNanos) {
        return AT_ONCE;
    }

    @Override
    public synchronized Decision messageFailed(long nowNanos) {
        relapses = relapses > 0 && nowNanos - lastRelapseNanos < CALM_NANOS ? relapses + 1 : 1;
        lastRelapseNanos = nowNanos;
        return relapses > MAX_RELAPSES ? NEVER : AT_ONCE;
    }

    @Override
    public Decision startFailed(long nowNanos) {
        return NEVER;
    }
}
