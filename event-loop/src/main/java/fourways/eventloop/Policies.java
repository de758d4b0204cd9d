package fourways.eventloop;

import fourways.workload.Admission;
import fourways.workload.Blame;
import fourways.workload.Restarts;
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

    /** What a competent newcomer does: a verticle on each event loop, and whatever fails is recovered. */
    static Policies plain() {
        return new Policies(PinnedOwners::onLoops, Restarts::atOnce, Blame.NOBODY);
    }

    /** The same on worker threads, which may block: each shard in a context of its own. */
    static Policies worker() {
        return new Policies(PinnedOwners::onWorkers, Restarts::atOnce, Blame.NOBODY);
    }

    /** All that can be done about event loops from within their process. */
    static Policies hardened(Supplier<Restarts> restarts) {
        return new Policies(SupervisedOwners::start, restarts, Admission::blame);
    }
}
