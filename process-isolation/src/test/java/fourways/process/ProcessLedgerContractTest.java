package fourways.process;

import fourways.workload.Architecture;
import fourways.workload.LedgerContractTest;

final class ProcessLedgerContractTest extends LedgerContractTest {

    @Override
    protected Architecture architecture() {
        return new ProcessArchitecture();
    }
}
