package fourways.threads;

import fourways.workload.Architecture;
import fourways.workload.Experience;
import fourways.workload.Fate;
import fourways.workload.LedgerFaultContractTest;
import fourways.workload.Scenario;

final class HardenedThreadsFaultContractTest extends LedgerFaultContractTest {

    @Override
    protected Architecture architecture() {
        return new ThreadsArchitecture();
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
            // Costs the request that met it, and a replay under the shard's lock.
            case EXCEPTION_IN_MID_UPDATE, STACK_OVERFLOW -> Experience.ofAll(Fate.UNHARMED);
            // From its second failure on, the shard is opened after a delay, and refused meanwhile: a thread that
            // waited
            // for it would be missing elsewhere. After the third, the request is kept out.
            case POISON_REQUEST -> Experience.of(Fate.INTERRUPTED, Fate.UNHARMED, Fate.UNHARMED);
            // The shard gets a new lock, and is recovered behind it. One thread is stuck there, and no other waits for
            // it.
            case BUSY_LOOP, BLOCKING_CALL, POOL_EXHAUSTION, DEADLOCK ->
                Experience.of(Fate.INTERRUPTED, Fate.UNHARMED, Fate.UNHARMED);
            case EXIT, KILL -> Experience.ofAll(Fate.LOST);
            // There is nobody outside to see it.
            case FREEZE -> Experience.ofAll(Fate.SILENT);
            // One thread at a time has its turn at the shard; the others serve its neighbors.
            case OVERLOAD -> Experience.of(Fate.INTERRUPTED, Fate.UNHARMED, Fate.UNHARMED);
        };
    }
}
