package fourways.actors;

import fourways.workload.Architecture;
import fourways.workload.Experience;
import fourways.workload.Fate;
import fourways.workload.LedgerFaultContractTest;
import fourways.workload.Scenario;

final class VirtualThreadsActorFaultContractTest extends LedgerFaultContractTest {

    @Override
    protected Architecture architecture() {
        return new ActorArchitecture();
    }

    @Override
    protected String variant() {
        return "virtual";
    }

    @Override
    protected Experience expected(Scenario scenario) {
        return switch (scenario) {
            case EXCEPTION_IN_MID_UPDATE, POISON_REQUEST -> Experience.ofAll(Fate.UNHARMED);
            case STACK_OVERFLOW -> Experience.ofAll(Fate.LOST);
            // A carrier is lost with the actor, of which there are as many as processors; the other ones serve on.
            case BUSY_LOOP -> Experience.of(Fate.SILENT, Fate.UNHARMED, Fate.UNHARMED);
            // Whoever waits gives the carrier back, however many they are.
            case BLOCKING_CALL, POOL_EXHAUSTION, DEADLOCK -> Experience.of(Fate.SILENT, Fate.UNHARMED, Fate.UNHARMED);
            case EXIT, KILL -> Experience.ofAll(Fate.LOST);
            case FREEZE -> Experience.ofAll(Fate.SILENT);
            case OVERLOAD -> Experience.of(Fate.INTERRUPTED, Fate.UNHARMED, Fate.UNHARMED);
        };
    }
}
