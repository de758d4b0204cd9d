package fourways.process;

import fourways.workload.JournalMode;
import fourways.workload.LedgerConfig;
import fourways.workload.RestartBackoff;
import fourways.workload.Restarts;
import java.util.function.Supplier;

/**
 * What a variant does within a worker; all else is the same in each.
 *
 * @param openers how many threads open shards at the same time, for as long as there are any to be opened
 * @param restarts makes, for each shard, what decides when it is opened again
 */
record ShardPolicies(int openers, Supplier<Restarts> restarts) {

    /** One for each core of a small machine. More of them only take turns, and the neighbors need some time, too. */
    private static final int OPENERS = 2;

    static ShardPolicies of(LedgerConfig config) {
        // In MEMORY a shard that failed has nothing to be opened from: the end of its worker says so.
        return config.variant().equals(ProcessArchitecture.HARDENED) && config.journal() != JournalMode.MEMORY
                ? hardened(RestartBackoff.Settings.usual())
                : new ShardPolicies(1, Restarts::atOnce);
    }

    static ShardPolicies hardened(RestartBackoff.Settings settings) {
        return new ShardPolicies(OPENERS, () -> Restarts.withBackoff(settings));
    }
}
