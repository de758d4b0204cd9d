package fourways.process;

import fourways.workload.RestartBackoff;
import fourways.workload.RestartBackoff.Decision;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ThreadLocalRandom;

/** Decides whether and when a lost worker is replaced. Times are those of {@link System#nanoTime()}. Touched by the thread of one seat only. */
interface Restarts {

    /** A pause that does not end while the ledger is open. */
    Duration FOR_GOOD = ChronoUnit.FOREVER.getDuration();

    /** A worker serves, for the first time or again. */
    void serves(long nowNanos);

    /** It is lost, or never came to serve. */
    Decision failed(long nowNanos);

    /** For workers that cannot be replaced, since what they knew is written down nowhere. */
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

    /** At once, then after growing delays; after too many in a row not for a while, and then once more. */
    static Restarts withBackoff(RestartBackoff.Settings settings) {
        // Any seed will do: it only keeps workers that were lost together from coming back together.
        RestartBackoff backoff =
                new RestartBackoff(settings, ThreadLocalRandom.current().nextLong());
        return new Restarts() {
            @Override
            public void serves(long nowNanos) {
                backoff.serves(nowNanos);
            }

            @Override
            public Decision failed(long nowNanos) {
                return backoff.failed(nowNanos);
            }
        };
    }
}
