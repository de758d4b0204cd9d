package fourways.eventloop;

import fourways.workload.Architecture;
import fourways.workload.LedgerContractTest;

final class EventLoopLedgerContractTest extends LedgerContractTest {

    @Override
    protected Architecture architecture() {
        return new EventLoopArchitecture();
    }
}
