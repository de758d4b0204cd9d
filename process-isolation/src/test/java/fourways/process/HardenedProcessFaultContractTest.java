package fourways.process;

import fourways.workload.Architecture;
import fourways.workload.Experience;
import fourways.workload.Fate;
import fourways.workload.LedgerFaultContractTest;
import fourways.workload.Scenario;

final class HardenedProcessFaultContractTest extends LedgerFaultContractTest {

    @Override
    protected Architecture architecture() {
        return new ProcessArchitecture();
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
            // Costs the request that met it, and a replay while the worker's other requests wait.
            case EXCEPTION_IN_MID_UPDATE, STACK_OVERFLOW -> Experience.ofAll(Fate.UNHARMED);
            // A worker that is silent is killed, one that is gone is replaced by the spare, which replays the journals.
            // So is one that waits for a partner in a deadlock, with whom it can share no lock.
            case BUSY_LOOP, BLOCKING_CALL, POOL_EXHAUSTION, DEADLOCK, FREEZE, EXIT, KILL ->
                Experience.of(Fate.INTERRUPTED, Fate.INTERRUPTED, Fate.UNHARMED);
            case OVERLOAD -> Experience.of(Fate.INTERRUPTED, Fate.UNHARMED, Fate.UNHARMED);
            // After so many deaths the request is kept out, and the worker lives on.
            case POISON_REQUEST -> Experience.of(Fate.INTERRUPTED, Fate.INTERRUPTED, Fate.UNHARMED);
        };
    }
}
