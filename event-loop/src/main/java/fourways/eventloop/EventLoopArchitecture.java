package fourways.eventloop;

import fourways.workload.Architecture;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerOpenException;
import java.util.List;

/** Vert.x verticles, each shard pinned to one event loop. */
public final class EventLoopArchitecture implements Architecture {

    private static final String PLAIN = "plain";

    @Override
    public String name() {
        return "event-loop";
    }

    @Override
    public List<String> variants() {
        return List.of(PLAIN);
    }

    @Override
    public Ledger open(LedgerConfig config) {
        return switch (config.variant()) {
            case PLAIN -> new EventLoopLedger(config);
            default ->
                throw new LedgerOpenException(
                        "variant is '" + config.variant() + "', allowed for " + name() + " are " + variants());
        };
    }

    @Override
    public Ledger openFloor(LedgerConfig config) {
        return new EventLoopFloor(config);
    }
}
