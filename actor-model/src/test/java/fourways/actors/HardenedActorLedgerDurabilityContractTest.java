package fourways.actors;

import fourways.workload.Architecture;
import fourways.workload.LedgerDurabilityContractTest;

final class HardenedActorLedgerDurabilityContractTest extends LedgerDurabilityContractTest {

    @Override
    protected Architecture architecture() {
        return new ActorArchitecture();
    }

    @Override
    protected String variant() {
        return "hardened";
    }
}
