package fourways.actors;

import fourways.workload.Architecture;
import fourways.workload.LedgerContractTest;

final class ActorLedgerContractTest extends LedgerContractTest {

    @Override
    protected Architecture architecture() {
        return new ActorArchitecture();
    }
}
