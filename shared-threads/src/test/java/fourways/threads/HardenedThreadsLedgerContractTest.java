package fourways.threads;

import fourways.workload.Architecture;
import fourways.workload.LedgerContractTest;

final class HardenedThreadsLedgerContractTest extends LedgerContractTest {

    @Override
    protected Architecture architecture() {
        return new ThreadsArchitecture();
    }

    @Override
    protected String variant() {
        return "hardened";
    }
}
