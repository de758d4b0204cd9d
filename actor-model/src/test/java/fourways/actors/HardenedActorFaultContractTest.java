package fourways.actors;

import fourways.workload.Architecture;
import fourways.workload.Experience;
import fourways.workload.Fate;
import fourways.workload.LedgerFaultContractTest;
import fourways.workload.Scenario;

final class HardenedActorFaultContractTest extends LedgerFaultContractTest {

    @Override
    protected Architecture architecture() {
        return new ActorArchitecture();
    }

    @Override
    protected String variant() {
        return "hardened";
    }

    @Override
    protected boolean quarantines() {
        return true;
    }

    @Override
    protected Experience expected(Scenario scenario) {
        return switch (scenario) {
            // Cost the request that met them, and a replay while the mailbox waits.
            case EXCEPTION_IN_MID_UPDATE, STACK_OVERFLOW -> Experience.ofAll(Fate.UNHARMED);
            // Until the deadline, and for as long as another actor takes to recover the shard.
            case BUSY_LOOP, BLOCKING_CALL, DEADLOCK -> Experience.of(Fate.INTERRUPTED, Fate.UNHARMED, Fate.UNHARMED);
            // The others wait for a thread until the deadline, which is not long enough to be late.
            case POOL_EXHAUSTION -> Experience.of(Fate.INTERRUPTED, Fate.UNHARMED, Fate.UNHARMED);
            case EXIT, KILL -> Experience.ofAll(Fate.LOST);
            case FREEZE -> Experience.ofAll(Fate.SILENT);
            case OVERLOAD -> Experience.of(Fate.INTERRUPTED, Fate.UNHARMED, Fate.UNHARMED);
            // Refused for a moment after each failure but the first.
            case POISON_REQUEST -> Experience.of(Fate.INTERRUPTED, Fate.UNHARMED, Fate.UNHARMED);
        };
    }
}
