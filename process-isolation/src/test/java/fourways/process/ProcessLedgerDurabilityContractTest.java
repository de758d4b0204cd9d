package fourways.process;

import fourways.workload.Architecture;
import fourways.workload.LedgerDurabilityContractTest;

final class ProcessLedgerDurabilityContractTest extends LedgerDurabilityContractTest {

    @Override
    protected Architecture architecture() {
        return new ProcessArchitecture();
    }
}
