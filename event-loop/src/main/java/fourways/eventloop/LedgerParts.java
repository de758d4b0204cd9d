package fourways.eventloop;

import fourways.workload.Admission;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerStore;

/** What all shards of a ledger have in common. */
record LedgerParts(LedgerStore store, Admission admission, EventLoopLedger ledger, Policies policies) {

    LedgerConfig config() {
        return store.config();
    }
}
