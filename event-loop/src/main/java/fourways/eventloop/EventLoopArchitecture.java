package fourways.eventloop;

import fourways.workload.Architecture;
import fourways.workload.Endurance;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerOpenException;
import fourways.workload.Restarts;
import java.util.List;

/**
 * Vert.x verticles: {@code plain} with each shard pinned to one of a few event loops, {@code hardened} with loops that are watched and replaced, {@code worker} with a
 * context for each shard that worker threads take turns to run.
 */
public final class EventLoopArchitecture implements Architecture {

    private static final String PLAIN = "plain";
    private static final String HARDENED = "hardened";
    private static final String WORKER = "worker";

    @Override
    public String name() {
        return "event-loop";
    }

    @Override
    public List<String> variants() {
        return List.of(PLAIN, HARDENED, WORKER);
    }

    @Override
    public Ledger open(LedgerConfig config) {
        return new EventLoopLedger(
                config,
                switch (config.variant()) {
                    case PLAIN -> Policies.plain();
                    case HARDENED -> Policies.hardened(() -> Restarts.usual(config));
                    case WORKER -> Policies.worker();
                    default -> throw unknown(config);
                });
    }

    @Override
    public Ledger openFloor(LedgerConfig config) {
        return switch (config.variant()) {
            case PLAIN, HARDENED -> EventLoopFloor.onLoops(config);
            case WORKER -> EventLoopFloor.onWorkers(config);
            default -> throw unknown(config);
        };
    }

    @Override
    public Endurance endurance(LedgerConfig config) {
        return config.variant().equals(HARDENED)
                ? Endurance.ofOneProcess(Stalls.LEFT_BEHIND_PER_WORKER * config.workers())
                : Endurance.ofExceptions();
    }

    private LedgerOpenException unknown(LedgerConfig config) {
        return new LedgerOpenException(
                "variant is '" + config.variant() + "', allowed for " + name() + " are " + variants());
    }
}
