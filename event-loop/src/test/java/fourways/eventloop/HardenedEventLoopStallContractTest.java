package fourways.eventloop;

import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerStallContractTest;
import fourways.workload.Restarts;
import java.util.function.Supplier;

final class HardenedEventLoopStallContractTest extends LedgerStallContractTest {

    @Override
    protected Ledger open(LedgerConfig config, Supplier<Restarts> restarts) {
        return new EventLoopLedger(config, Policies.hardened(restarts));
    }
}
