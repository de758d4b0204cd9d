package fourways.eventloop;

import fourways.workload.Architecture;
import fourways.workload.Experience;
import fourways.workload.Fate;
import fourways.workload.LedgerFaultContractTest;
import fourways.workload.Scenario;

final class WorkerEventLoopFaultContractTest extends LedgerFaultContractTest {

    @Override
    protected Architecture architecture() {
        return new EventLoopArchitecture();
    }

    @Override
    protected String variant() {
        return "worker";
    }

    @Override
    protected Experience expected(Scenario scenario) {
        return switch (scenario) {
            // Costs the request that met it, and a replay during which the shard's requests wait.
            case EXCEPTION_IN_MID_UPDATE, STACK_OVERFLOW, POISON_REQUEST -> Experience.ofAll(Fate.UNHARMED);
            // A shard, and the thread that runs it; the other threads run the other shards.
            case BUSY_LOOP, BLOCKING_CALL, DEADLOCK -> Experience.of(Fate.SILENT, Fate.UNHARMED, Fate.UNHARMED);
            // No thread is left.
            case POOL_EXHAUSTION -> Experience.ofAll(Fate.SILENT);
            case EXIT, KILL -> Experience.ofAll(Fate.LOST);
            case FREEZE -> Experience.ofAll(Fate.SILENT);
            case OVERLOAD -> Experience.of(Fate.INTERRUPTED, Fate.UNHARMED, Fate.UNHARMED);
        };
    }
}
