package fourways.threads;

import fourways.workload.Admission;
import fourways.workload.Blame;
import fourways.workload.LedgerConfig;
import fourways.workload.Restarts;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/**
 * What a variant does about threads, and about shards that fail; all else is the same in each. Whoever is given it closes it.
 *
 * @param threads serve requests
 * @param bulkhead how many of them one shard may have
 * @param locking how long a thread waits for a shard's lock
 * @param restarts makes, for each shard, what decides when it is recovered
 * @param blame what becomes of a request that was being served at a failure
 * @param supervision looks after the threads
 */
record Policies(
        ExecutorService threads,
        Bulkhead bulkhead,
        Locking locking,
        Supplier<Restarts> restarts,
        Blame blame,
        Supervision supervision)
        implements AutoCloseable {

    /** What a competent newcomer does: waits for locks as long as it takes, recovers what fails, and watches nobody. */
    static Policies plain(ExecutorService threads) {
        return new Policies(threads, Bulkhead.NONE, Locking.PATIENT, Restarts::atOnce, Blame.NOBODY, Supervision.NONE);
    }

    /** All that can be done about threads from within their process. */
    static Policies hardened(LedgerConfig config, Admission admission, Supplier<Restarts> restarts) {
        WatchedPool pool = new WatchedPool(config);
        Turns turns = new Turns(config, pool);
        return new Policies(
                pool,
                turns,
                new TimedLocking(config.deadlineMillis()),
                restarts,
                Admission::blame,
                new Stalls(config, admission, pool, turns));
    }

    /** Ends what runs at once; what was waiting for its turn is not done. */
    @Override
    public void close() {
        supervision.close();
        threads.shutdownNow();
    }
}
