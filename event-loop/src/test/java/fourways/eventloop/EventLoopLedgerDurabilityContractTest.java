package fourways.eventloop;

import fourways.workload.Architecture;
import fourways.workload.LedgerDurabilityContractTest;

final class EventLoopLedgerDurabilityContractTest extends LedgerDurabilityContractTest {

    @Override
    protected Architecture architecture() {
        return new EventLoopArchitecture();
    }
}
