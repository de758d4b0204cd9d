package fourways.eventloop;

import fourways.workload.RestartBackoff;
import fourways.workload.RestartBackoff.Decision;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Decides whether and when one shard is recovered. Times are those of {@link System#nanoTime()}. Touched by the shard's owner only. */
interface Restarts {

    /** A pause that does not end while the ledger is open. */
    Duration FOR_GOOD = Duration.ofDays(36_500);

    /** The shard serves again. */
    void serves(long nowNanos);

    /** It failed at a request, or its owner was lost. */
    Decision requestFailed(long nowNanos);

    /** It failed at a message from a peer, which is sent again after the recovery. */
    Decision messageFailed(long nowNanos);

    /** It could not be recovered. */
    Decision recoveryFailed(long nowNanos);

    /** At once; never again if it cannot be recovered, or if there is no end to it. */
    static Restarts atOnce() {
        return new Relapses();
    }

    /** At once, then after growing delays; after too many in a row not for a while, and then once more. */
    static Restarts withBackoff(RestartBackoff.Settings settings) {
        // Any seed will do: it only keeps shards that failed together from coming back together.
        RestartBackoff backoff =
                new RestartBackoff(settings, ThreadLocalRandom.current().nextLong());
        // Its owner's only, but an owner that is late may still be at it when the next one is.
        return new Restarts() {
            @Override
            public synchronized void serves(long nowNanos) {
                backoff.serves(nowNanos);
            }

            @Override
            public synchronized Decision requestFailed(long nowNanos) {
                return backoff.failed(nowNanos);
            }

            @Override
            public Decision messageFailed(long nowNanos) {
                return requestFailed(nowNanos);
            }

            @Override
            public Decision recoveryFailed(long nowNanos) {
                return requestFailed(nowNanos);
            }
        };
    }
}
