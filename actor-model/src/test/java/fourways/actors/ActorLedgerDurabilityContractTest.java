package fourways.actors;

import fourways.workload.Architecture;
import fourways.workload.LedgerDurabilityContractTest;

final class ActorLedgerDurabilityContractTest extends LedgerDurabilityContractTest {

    @Override
    protected Architecture architecture() {
        return new ActorArchitecture();
    }
}
