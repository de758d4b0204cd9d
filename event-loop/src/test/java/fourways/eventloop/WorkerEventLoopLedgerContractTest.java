package fourways.eventloop;

import fourways.workload.Architecture;
import fourways.workload.LedgerContractTest;

final class WorkerEventLoopLedgerContractTest extends LedgerContractTest {

    @Override
    protected Architecture architecture() {
        return new EventLoopArchitecture();
    }

    @Override
    protected String variant() {
        return "worker";
    }
}
