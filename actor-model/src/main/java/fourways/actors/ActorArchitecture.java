package fourways.actors;

import fourways.workload.Architecture;
import fourways.workload.Endurance;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerOpenException;
import fourways.workload.Restarts;
import java.util.List;

/**
 * Actors: {@code plain} with the framework's own supervision, {@code virtual} with the same on virtual threads, {@code hardened} with actors that do not come back
 * replaced by others.
 */
public final class ActorArchitecture implements Architecture {

    private static final String PLAIN = "plain";
    private static final String VIRTUAL = "virtual";
    private static final String HARDENED = "hardened";

    @Override
    public String name() {
        return "actor-model";
    }

    @Override
    public List<String> variants() {
        return List.of(PLAIN, VIRTUAL, HARDENED);
    }

    @Override
    public Ledger open(LedgerConfig config) {
        return ActorLedger.open(config, policies(config));
    }

    @Override
    public Ledger openFloor(LedgerConfig config) {
        return new ActorFloor(config, policies(config));
    }

    @Override
    public Endurance endurance(LedgerConfig config) {
        return config.variant().equals(HARDENED)
                ? Endurance.ofOneProcess(ActorSystems.spareThreads(config))
                : Endurance.ofExceptions();
    }

    private Policies policies(LedgerConfig config) {
        return switch (config.variant()) {
            case PLAIN -> Policies.plain();
            case VIRTUAL -> Policies.virtual();
            case HARDENED -> Policies.hardened(() -> Restarts.usual(config));
            default ->
                throw new LedgerOpenException(
                        "variant is '" + config.variant() + "', allowed for " + name() + " are " + variants());
        };
    }
}
