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
 * @param tellsProgress whether its supervisor is told that it gets on
 * @param restarts makes, for each shard, what decides when it is opened again
 */
record ShardPolicies(int openers, boolean tellsProgress, Supplier<Restarts> restarts) {

    /** One for each core of a small machine. More of them only take turns, and the neighbors need some time, too. */
    private static final int OPENERS = 2;

    static ShardPolicies of(LedgerConfig config) {
        if (!config.variant().equals(ProcessArchitecture.HARDENED)) {
            return new ShardPolicies(1, false, Restarts::atOnce);
        }
        // In MEMORY a shard that failed has nothing to be opened from: the end of its worker says so.
        return config.journal() == JournalMode.MEMORY
                ? new ShardPolicies(1, true, Restarts::atOnce)
                : hardened(RestartBackoff.Settings.usual());
    }

    static ShardPolicies hardened(RestartBackoff.Settings settings) {
        return new ShardPolicies(OPENERS, true, () -> Restarts.withBackoff(settings));
    }
}
