package fourways.threads;

import fourways.workload.Architecture;
import fourways.workload.Experience;
import fourways.workload.Fate;
import fourways.workload.LedgerFaultContractTest;
import fourways.workload.Scenario;

final class ThreadsFaultContractTest extends LedgerFaultContractTest {

    @Override
    protected Architecture architecture() {
        return new ThreadsArchitecture();
    }

    @Override
    protected Experience expected(Scenario scenario) {
        return switch (scenario) {
            // Costs the request that met it, and a replay under the shard's lock.
            case EXCEPTION_IN_MID_UPDATE, STACK_OVERFLOW, POISON_REQUEST -> Experience.ofAll(Fate.UNHARMED);
            // Every further request for the shard takes a thread to wait for its lock, until none is left.
            case BUSY_LOOP, BLOCKING_CALL, POOL_EXHAUSTION, DEADLOCK -> Experience.ofAll(Fate.SILENT);
            case EXIT, KILL -> Experience.ofAll(Fate.LOST);
            case FREEZE -> Experience.ofAll(Fate.SILENT);
            case OVERLOAD -> Experience.of(Fate.INTERRUPTED, Fate.UNHARMED, Fate.UNHARMED);
        };
    }
}
