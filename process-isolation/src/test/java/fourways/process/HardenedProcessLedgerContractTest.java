package fourways.process;

import fourways.workload.Architecture;
import fourways.workload.LedgerContractTest;

final class HardenedProcessLedgerContractTest extends LedgerContractTest {

    @Override
    protected Architecture architecture() {
        return new ProcessArchitecture();
    }

    @Override
    protected String variant() {
        return "hardened";
    }
}
