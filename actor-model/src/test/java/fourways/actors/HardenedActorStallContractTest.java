package fourways.actors;

import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerStallContractTest;
import fourways.workload.Restarts;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;

final class HardenedActorStallContractTest extends LedgerStallContractTest {

    @BeforeAll
    static void silenceFailures() {
        FailureLog.silence();
    }

    @Override
    protected Ledger open(LedgerConfig config, Supplier<Restarts> restarts) {
        return ActorLedger.open(config, Policies.hardened(restarts));
    }
}
