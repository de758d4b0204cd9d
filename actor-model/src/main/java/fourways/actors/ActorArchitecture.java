package fourways.actors;

import fourways.workload.Architecture;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerOpenException;
import java.util.List;

/** Actors: {@code plain} with the framework's own supervision. */
public final class ActorArchitecture implements Architecture {

    private static final String PLAIN = "plain";

    @Override
    public String name() {
        return "actor-model";
    }

    @Override
    public List<String> variants() {
        return List.of(PLAIN);
    }

    @Override
    public Ledger open(LedgerConfig config) {
        requireVariant(config);
        return ActorLedger.open(config);
    }

    @Override
    public Ledger openFloor(LedgerConfig config) {
        requireVariant(config);
        return new ActorFloor(config);
    }

    private void requireVariant(LedgerConfig config) {
        if (!variants().contains(config.variant())) {
            throw new LedgerOpenException(
                    "variant is '" + config.variant() + "', allowed for " + name() + " are " + variants());
        }
    }
}
