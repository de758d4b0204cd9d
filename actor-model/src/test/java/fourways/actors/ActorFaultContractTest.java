package fourways.actors;

import fourways.workload.Architecture;
import fourways.workload.Experience;
import fourways.workload.Fate;
import fourways.workload.LedgerFaultContractTest;
import fourways.workload.Scenario;

final class ActorFaultContractTest extends LedgerFaultContractTest {

    @Override
    protected Architecture architecture() {
        return new ActorArchitecture();
    }

    @Override
    protected Experience expected(Scenario scenario) {
        return switch (scenario) {
            // Costs the request that met it, and a replay while the mailbox waits.
            case EXCEPTION_IN_MID_UPDATE, POISON_REQUEST -> Experience.ofAll(Fate.UNHARMED);
            // Fatal, says the framework, and ends the JVM.
            case STACK_OVERFLOW -> Experience.ofAll(Fate.LOST);
            // A thread of the dispatcher is lost with the actor; the others serve on.
            case BUSY_LOOP, BLOCKING_CALL, DEADLOCK -> Experience.of(Fate.SILENT, Fate.UNHARMED, Fate.UNHARMED);
            // No thread of the dispatcher is left.
            case POOL_EXHAUSTION -> Experience.ofAll(Fate.SILENT);
            case EXIT, KILL -> Experience.ofAll(Fate.LOST);
            case FREEZE -> Experience.ofAll(Fate.SILENT);
            case OVERLOAD -> Experience.of(Fate.INTERRUPTED, Fate.UNHARMED, Fate.UNHARMED);
        };
    }
}
