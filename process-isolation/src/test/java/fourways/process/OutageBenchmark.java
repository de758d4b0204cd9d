package fourways.process;

import fourways.workload.JournalMode;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.RecoveryLog.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures for how long a worker's shards are gone when it is killed, again and again, where that time goes, and whether anybody else notices. Each worker is the victim in turn.
 *
 * <p>Open loop, as {@link OutageLoad} says. A shard's outage lasts from just before the SIGKILL to the answer of the first request behind the last one that failed; the worst shard counts. What is
 * between is the {@link OutageChain}.
 *
 * <p>Arguments: how many kills, the variant. What a kill makes the ledger say is measured and not shown; all else that it says is.
 */
final class OutageBenchmark {

    private static final Duration WARM_UP = Duration.ofSeconds(5);

    /** Until the next spare has practised, and is as good as the one before. */
    private static final Duration STEADY = Duration.ofSeconds(3);

    private static final Duration OBSERVED = Duration.ofMillis(400);

    /** Many times what starting a process from nothing takes on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LedgerConfig config;
    private final OutageLoad load;
    private final RecoveryWatch recovery;

    private OutageBenchmark(LedgerConfig config, Ledger ledger, RecoveryWatch recovery) {
        this.config = config;
        this.load = new OutageLoad(config, ledger);
        this.recovery = recovery;
    }

    public static void main(String[] args) throws Exception {
        int kills = Integer.parseInt(args[0]);
        Path directory = Files.createTempDirectory("outage-");
        LedgerConfig config = LedgerConfig.inMemory()
                .withJournal(JournalMode.PROCESS, directory)
                .withVariant(args[1]);
        RecoveryWatch recovery = RecoveryWatch.install();
        try (Ledger ledger = new ProcessArchitecture().open(config)) {
            new OutageBenchmark(config, ledger, recovery).run(kills);
        } finally {
            PrivateDirectory.remove(directory);
        }
    }

    private void run(int kills) {
        // The supervisor compiles its code, and the first spare gets ready.
        load.drive(WARM_UP);
        List<OutageChain> chains = new ArrayList<>();
        for (int kill = 0; kill < kills; kill++) {
            chains.add(killed(kill % config.workers()));
        }
        System.out.print(OutageReport.of(config.variant(), chains));
        System.out.print(load.neighbors());
    }

    private OutageChain killed(int victim) {
        load.drive(STEADY);
        ProcessHandle process = ProcessHandle.of(load.pid(victim)).orElseThrow();
        recovery.forget();
        long killedNanos = System.nanoTime();
        process.destroyForcibly();
        List<OutageLoad.Probe> probes = new ArrayList<>();
        boolean serves;
        do {
            // Observed once more when it does.
            serves = recovery.hasSaid(Step.REPLAYED);
            probes.addAll(load.probe(victim, OBSERVED));
        } while (!serves && System.nanoTime() - killedNanos < PATIENCE.toNanos());
        // Whatever was sent is answered by then.
        load.drive(OBSERVED);
        return OutageChain.of(killedNanos, probes, recovery);
    }
}
