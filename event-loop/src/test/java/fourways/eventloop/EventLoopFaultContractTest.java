package fourways.eventloop;

import fourways.workload.Architecture;
import fourways.workload.Experience;
import fourways.workload.Fate;
import fourways.workload.LedgerFaultContractTest;
import fourways.workload.Scenario;

final class EventLoopFaultContractTest extends LedgerFaultContractTest {

    @Override
    protected Architecture architecture() {
        return new EventLoopArchitecture();
    }

    @Override
    protected Experience expected(Scenario scenario) {
        return switch (scenario) {
            // Costs the request that met it, and a replay during which the shard's requests wait.
            case EXCEPTION_IN_MID_UPDATE, STACK_OVERFLOW, POISON_REQUEST -> Experience.ofAll(Fate.UNHARMED);
            // A loop is lost, with all of its shards.
            case BUSY_LOOP, BLOCKING_CALL, POOL_EXHAUSTION, DEADLOCK ->
                Experience.of(Fate.SILENT, Fate.SILENT, Fate.UNHARMED);
            case EXIT, KILL -> Experience.ofAll(Fate.LOST);
            case FREEZE -> Experience.ofAll(Fate.SILENT);
            case OVERLOAD -> Experience.of(Fate.INTERRUPTED, Fate.UNHARMED, Fate.UNHARMED);
        };
    }
}
