package fourways.threads;

import fourways.workload.Admission;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerStallContractTest;
import fourways.workload.Restarts;
import java.util.function.Supplier;

final class HardenedThreadsStallContractTest extends LedgerStallContractTest {

    @Override
    protected Ledger open(LedgerConfig config, Supplier<Restarts> restarts) {
        Admission admission = new Admission(config);
        return new ThreadsLedger(config, admission, Policies.hardened(config, admission, restarts));
    }
}
