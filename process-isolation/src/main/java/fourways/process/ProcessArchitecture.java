package fourways.process;

import fourways.workload.Architecture;
import fourways.workload.Endurance;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerOpenException;
import java.util.List;
import java.util.function.Supplier;

/** Separate processes: every worker is a JVM that owns its share of the shards, and this one supervises them. */
public final class ProcessArchitecture implements Architecture {

    private static final String PLAIN = "plain";
    static final String HARDENED = "hardened";

    @Override
    public String name() {
        return "process-isolation";
    }

    @Override
    public List<String> variants() {
        return List.of(PLAIN, HARDENED);
    }

    @Override
    public Ledger open(LedgerConfig config) {
        return new ProcessLedger(config, policies(config));
    }

    @Override
    public Ledger openFloor(LedgerConfig config) {
        // The same for each: there is nothing behind the hop that a policy could protect.
        var _ = policies(config);
        return new ProcessFloor(config);
    }

    @Override
    public int heapElsewhereMebibytes(LedgerConfig config) {
        if (!config.variant().equals(HARDENED)) {
            return Supervisor.workers(config) * Limits.heapMebibytes(config);
        }
        WorkerSettings settings = WorkerSettings.of(config);
        return (Supervisor.workers(config) + settings.spares()) * settings.heapMebibytes();
    }

    @Override
    public Endurance endurance(LedgerConfig config) {
        return config.variant().equals(HARDENED) ? Endurance.ofProcesses() : Endurance.ofExceptions();
    }

    private Supplier<Policies> policies(LedgerConfig config) {
        return switch (config.variant()) {
            case PLAIN -> () -> Policies.plain(config, Frame.Job.LEDGER, Worker.class);
            case HARDENED -> () -> Policies.hardened(config, Worker.class);
            default ->
                throw new LedgerOpenException(
                        "variant is '" + config.variant() + "', allowed for " + name() + " are " + variants());
        };
    }
}
