package fourways.process;

import fourways.workload.RestartBackoff;
import fourways.workload.RestartBackoff.Decision;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Decides whether and when one shard of a worker is opened again. Times are those of {@link System#nanoTime()}. Touched by whoever has the shard in hand only. */
interface ShardRestarts {

    /** It is open, for the first time or again. */
    void serves(long nowNanos);

    /** It failed at a request. */
    Decision requestFailed(long nowNanos);

    /** It failed at a message from a peer, which is sent again after the recovery. */
    Decision messageFailed(long nowNanos);

    /** It could not be opened. */
    Decision recoveryFailed(long nowNanos);

    /** At once, for a request that failed is not sent again; all else is the end of the worker, which the supervisor limits. */
    static ShardRestarts atOnce() {
        return new ShardRestarts() {
            @Override
            public void serves(long nowNanos) {}

            @Override
            public Decision requestFailed(long nowNanos) {
                return new Decision.Restart(Duration.ZERO);
            }

            @Override
            public Decision messageFailed(long nowNanos) {
                return new Decision.GiveUp(Restarts.FOR_GOOD);
            }

            @Override
            public Decision recoveryFailed(long nowNanos) {
                return new Decision.GiveUp(Restarts.FOR_GOOD);
            }
        };
    }

    /** At once, then after growing delays; after too many in a row not for a while, and then once more. */
    static ShardRestarts withBackoff(RestartBackoff.Settings settings) {
        // Any seed will do: it only keeps shards that failed together from coming back together.
        RestartBackoff backoff =
                new RestartBackoff(settings, ThreadLocalRandom.current().nextLong());
        return new ShardRestarts() {
            @Override
            public void serves(long nowNanos) {
                backoff.serves(nowNanos);
            }

            @Override
            public Decision requestFailed(long nowNanos) {
                return backoff.failed(nowNanos);
            }

            @Override
            public Decision messageFailed(long nowNanos) {
                return backoff.failed(nowNanos);
            }

            @Override
            public Decision recoveryFailed(long nowNanos) {
                return backoff.failed(nowNanos);
            }
        };
    }
}
