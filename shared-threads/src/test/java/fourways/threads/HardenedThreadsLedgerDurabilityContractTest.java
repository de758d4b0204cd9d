package fourways.threads;

import fourways.workload.Architecture;
import fourways.workload.LedgerDurabilityContractTest;

final class HardenedThreadsLedgerDurabilityContractTest extends LedgerDurabilityContractTest {

    @Override
    protected Architecture architecture() {
        return new ThreadsArchitecture();
    }

    @Override
    protected String variant() {
        return "hardened";
    }
}
