package fourways.eventloop;

import fourways.workload.Architecture;
import fourways.workload.LedgerDurabilityContractTest;

final class WorkerEventLoopLedgerDurabilityContractTest extends LedgerDurabilityContractTest {

    @Override
    protected Architecture architecture() {
        return new EventLoopArchitecture();
    }

    @Override
    protected String variant() {
        return "worker";
    }
}
