package fourways.actors;

import fourways.workload.Admission;
import fourways.workload.LedgerStore;
import fourways.workload.Restarts;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * What a variant does about threads, and about actors that fail; all else is the same in each.
 *
 * @param settings the file that says on which threads actors run
 * @param supervision brings the shards up and keeps them going
 */
record Policies(String settings, BiFunction<LedgerStore, Admission, Supervision> supervision) {

    /** What a competent newcomer does: one dispatcher, and whatever fails is restarted. */
    static Policies plain() {
        return new Policies("plain.conf", PlainSupervision::new);
    }

    /** The same on virtual threads. */
    static Policies virtual() {
        return new Policies("virtual.conf", PlainSupervision::new);
    }

    /** Bulkheads, backoff, quarantine, and another actor in place of one that does not come back. */
    static Policies hardened(Supplier<Restarts> restarts) {
        return new Policies("hardened.conf", (store, admission) -> new HardenedSupervision(store, admission, restarts));
    }
}
