package fourways.workload;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Decides whether and when something that failed is started again: a worker, or a shard. It decides, and starts nothing; one is for one thing that can fail.
 *
 * <p>Times are those of {@link System#nanoTime()}. Thread-safe: an owner that is late may still be at it when the next one is.
 */
public interface Restarts {

    /** A pause that does not end while the ledger is open. */
    Duration FOR_GOOD = Duration.ofDays(36_500);

    /** What is to be done after a failure. */
    sealed interface Decision {

        /** Start it again after this delay, which may be zero. */
        record Restart(Duration delay) implements Decision {}

        /**
         * Too many failures in a row: give up for now, and say so to clients. It may be tried once more after the pause; if that fails as well, before it has been calm,
         * the answer is the same.
         */
        record GiveUp(Duration pause) implements Decision {

            public boolean isForGood() {
                return pause.equals(FOR_GOOD);
            }
        }
    }

    /** It serves, for the first time or again. */
    void serves(long nowNanos);

    /** It failed at a request, or was lost. */
    Decision failed(long nowNanos);

    /** It failed at a message from a peer, which is sent again when it serves. */
    default Decision messageFailed(long nowNanos) {
        return failed(nowNanos);
    }

    /** It could not be started again. */
    default Decision startFailed(long nowNanos) {
        return failed(nowNanos);
    }

    /** For what cannot be started again, since what it knew is written down nowhere. */
    static Restarts never() {
        return new Restarts() {
            @Override
            public void serves(long nowNanos) {}

            @Override
            public Decision failed(long nowNanos) {
                return new Decision.GiveUp(FOR_GOOD);
            }
        };
    }

    /** At once; never again if it cannot be started, or if there is no end to it. */
    static Restarts atOnce() {
        return new RestartAtOnce();
    }

    /** At once, then after growing delays; after too many in a row not for a while, and then once more. */
    static Restarts withBackoff(RestartBackoff.Settings settings) {
        // Any seed will do: it only keeps those that failed together from coming back together.
        return new RestartBackoff(settings, ThreadLocalRandom.current().nextLong());
    }

    /** Those of a shard that is to be as robust as can be. With nothing journaled there is nothing to start from, and later is no better than now. */
    static Restarts usual(LedgerConfig config) {
        return config.journal() == JournalMode.MEMORY ? atOnce() : withBackoff(RestartBackoff.Settings.usual());
    }
}
