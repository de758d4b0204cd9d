package fourways.threads;

import fourways.workload.Architecture;
import fourways.workload.LedgerDurabilityContractTest;

final class ThreadsLedgerDurabilityContractTest extends LedgerDurabilityContractTest {

    @Override
    protected Architecture architecture() {
        return new ThreadsArchitecture();
    }
}
