package fourways.eventloop;

import fourways.workload.Admission;
import fourways.workload.JournalMode;
import fourways.workload.LedgerConfig;
import fourways.workload.Request;
import fourways.workload.RestartBackoff;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a variant does about threads that run shards, and about shards that fail; all else is the same in each.
 *
 * @param owners starts whoever owns the shards
 * @param restarts makes, for each shard, what decides when it is recovered
 * @param blame what becomes of a request that was being served at a failure
 */
record Policies(Function<LedgerParts, Owners> owners, Supplier<Restarts> restarts, Blame blame) {

    /** Hears of requests that were at hand at a failure. Any thread may call it. */
    @FunctionalInterface
    interface Blame {
        void blame(Admission admission, Request request);
    }

    /** What a competent newcomer does: a verticle on each event loop, and whatever fails is recovered. */
    static Policies plain() {
        return new Policies(PinnedOwners::onLoops, Restarts::atOnce, (admission, request) -> {});
    }

    /** The same on worker threads, which may block: each shard in a context of its own. */
    static Policies worker() {
        return new Policies(PinnedOwners::onWorkers, Restarts::atOnce, (admission, request) -> {});
    }

    /** All that can be done about event loops from within their process. */
    static Policies hardened(LedgerConfig config) {
        return new Policies(
                SupervisedOwners::start,
                config.journal() == JournalMode.MEMORY
                        // Nothing to recover from: later will be no better.
                        ? Restarts::atOnce
                        : () -> Restarts.withBackoff(RestartBackoff.Settings.usual()),
                Admission::blame);
    }
}
