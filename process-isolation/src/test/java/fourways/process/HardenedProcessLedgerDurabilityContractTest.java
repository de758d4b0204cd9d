package fourways.process;

import fourways.workload.Architecture;
import fourways.workload.LedgerDurabilityContractTest;

final class HardenedProcessLedgerDurabilityContractTest extends LedgerDurabilityContractTest {

    @Override
    protected Architecture architecture() {
        return new ProcessArchitecture();
    }

    @Override
    protected String variant() {
        return "hardened";
    }
}
