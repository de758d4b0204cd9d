package fourways.threads;

import fourways.workload.Admission;
import fourways.workload.LedgerConfig;
import fourways.workload.RestartBackoff;
import java.util.concurrent.ExecutorService;

/** All in which the variants differ. Whoever is given it closes it. */
record Policies(ExecutorService threads, Locking locking, Recovery recovery, Supervision supervision)
        implements AutoCloseable {

    /** Waits for locks as long as it takes, recovers what fails at once, and watches nobody. */
    static Policies plain(Admission admission, ExecutorService threads) {
        return new Policies(threads, Locking.PATIENT, new RecoveryAtOnce(admission, threads), Supervision.NONE);
    }

    /** A watched pool that replaces threads that are stuck, locks that are waited for for a limited time, recovery with backoff. */
    static Policies hardened(LedgerConfig config, RestartBackoff.Settings settings, Admission admission) {
        WatchedPool pool = new WatchedPool(config);
        return new Policies(
                pool,
                new TimedLocking(config.deadlineMillis()),
                new RecoveryWithBackoff(config, settings, admission, pool),
                new Stalls(config, admission, pool));
    }

    /** Ends what runs at once; what was waiting for its turn is not done. */
    @Override
    public void close() {
        supervision.close();
        recovery.close();
        threads.shutdownNow();
    }
}
