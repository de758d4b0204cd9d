package fourways.actors;

import fourways.workload.Architecture;
import fourways.workload.LedgerContractTest;

final class VirtualThreadsActorLedgerContractTest extends LedgerContractTest {

    @Override
    protected Architecture architecture() {
        return new ActorArchitecture();
    }

    @Override
    protected String variant() {
        return "virtual";
    }
}
