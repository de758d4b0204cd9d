package fourways.process;

import fourways.workload.Architecture;
import fourways.workload.Experience;
import fourways.workload.Fate;
import fourways.workload.LedgerFaultContractTest;
import fourways.workload.Scenario;

final class ProcessFaultContractTest extends LedgerFaultContractTest {

    @Override
    protected Architecture architecture() {
        return new ProcessArchitecture();
    }

    @Override
    protected Experience expected(Scenario scenario) {
        return switch (scenario) {
            // Costs the request that met it, and a replay while the worker's other requests wait.
            case EXCEPTION_IN_MID_UPDATE, STACK_OVERFLOW -> Experience.ofAll(Fate.UNHARMED);
            // The process exists, so nobody notices that it does not answer.
            case BUSY_LOOP, BLOCKING_CALL, POOL_EXHAUSTION, FREEZE ->
                Experience.of(Fate.SILENT, Fate.SILENT, Fate.UNHARMED);
            // There is no lock to share with another process; each waits for a while, and goes on.
            case DEADLOCK ->
                Experience.of(Fate.INTERRUPTED, Fate.INTERRUPTED, Fate.UNHARMED).didNotFire();
            // The supervisor starts another worker, which replays the journals.
            case EXIT, KILL -> Experience.of(Fate.INTERRUPTED, Fate.INTERRUPTED, Fate.UNHARMED);
            case OVERLOAD -> Experience.of(Fate.INTERRUPTED, Fate.UNHARMED, Fate.UNHARMED);
            // After so many deaths in a row the worker is not started again.
            case POISON_REQUEST -> Experience.of(Fate.REFUSED, Fate.REFUSED, Fate.UNHARMED);
        };
    }
}
