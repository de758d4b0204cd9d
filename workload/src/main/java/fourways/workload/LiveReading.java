package fourways.workload;

import java.util.Map;

/**
 * What a ledger answered at one time when nothing was sent any more.
 *
 * @param alteredCents by account, what somebody is known to have added to its balance in memory behind the ledger's back, before the reading: there, and nowhere else, the
 *     ledger may answer that much more or less than its journals come to
 */
public record LiveReading(LiveBalances balances, Map<Integer, Long> alteredCents) {

    public LiveReading {
        alteredCents = Map.copyOf(alteredCents);
    }

    /** Of a ledger that nobody tampered with. */
    public static LiveReading of(LiveBalances balances) {
        return new LiveReading(balances, Map.of());
    }
}
