package fourways.threads;

import fourways.workload.Architecture;
import fourways.workload.LedgerContractTest;

final class ThreadsLedgerContractTest extends LedgerContractTest {

    @Override
    protected Architecture architecture() {
        return new ThreadsArchitecture();
    }
}
