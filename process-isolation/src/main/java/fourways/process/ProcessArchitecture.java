package fourways.process;

import fourways.workload.Architecture;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerOpenException;
import java.util.List;

/** Separate processes: every worker is a JVM that owns its share of the shards, and this one supervises them. */
public final class ProcessArchitecture implements Architecture {

    private static final String PLAIN = "plain";

    @Override
    public String name() {
        return "process-isolation";
    }

    @Override
    public List<String> variants() {
        return List.of(PLAIN);
    }

    @Override
    public Ledger open(LedgerConfig config) {
        return new ProcessLedger(checked(config));
    }

    @Override
    public Ledger openFloor(LedgerConfig config) {
        return new ProcessFloor(checked(config));
    }

    @Override
    public int heapElsewhereMebibytes(LedgerConfig config) {
        return Supervisor.workers(config) * Limits.heapMebibytes(config);
    }

    private LedgerConfig checked(LedgerConfig config) {
        if (!variants().contains(config.variant())) {
            throw new LedgerOpenException(
                    "variant is '" + config.variant() + "', allowed for " + name() + " are " + variants());
        }
        return config;
    }
}
