package fourways.eventloop;

import fourways.workload.Architecture;
import fourways.workload.Experience;
import fourways.workload.Fate;
import fourways.workload.LedgerFaultContractTest;
import fourways.workload.Scenario;

final class HardenedEventLoopFaultContractTest extends LedgerFaultContractTest {

    @Override
    protected Architecture architecture() {
        return new EventLoopArchitecture();
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
            // Costs the request that met it, and a replay during which the shard's requests wait.
            case EXCEPTION_IN_MID_UPDATE, STACK_OVERFLOW, POISON_REQUEST -> Experience.ofAll(Fate.UNHARMED);
            // A shard is recovered by a fresh loop. The stuck one's other shards wait for the deadline and for that
            // loop, and then go on as they were.
            case BUSY_LOOP, BLOCKING_CALL, POOL_EXHAUSTION, DEADLOCK ->
                Experience.of(Fate.INTERRUPTED, Fate.UNHARMED, Fate.UNHARMED);
            case EXIT, KILL -> Experience.ofAll(Fate.LOST);
            // There is nobody outside to see it.
            case FREEZE -> Experience.ofAll(Fate.SILENT);
            case OVERLOAD -> Experience.of(Fate.INTERRUPTED, Fate.UNHARMED, Fate.UNHARMED);
        };
    }
}
