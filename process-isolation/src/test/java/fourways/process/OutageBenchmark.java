package fourways.process;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.Locate;
import fourways.workload.JournalMode;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Located;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Measures for how long a worker's shards are gone when it is killed, again and again, and whether anybody else notices. Each worker is the victim in turn.
 *
 * <p>Open loop: every millisecond a request to each shard of the victim, every fourth one to all others too, whatever came of the ones before. A shard's outage
 * lasts from just before the SIGKILL to the answer of the first request behind the last one that failed; the worst shard counts.
 *
 * <p>Arguments: how many kills, the variant.
 */
final class OutageBenchmark {

    private static final Duration STEADY = Duration.ofMillis(800);
    private static final Duration OBSERVED = Duration.ofMillis(400);
    private static final long TICK_NANOS = Duration.ofMillis(1).toNanos();
    private static final int TICKS_OF_OTHERS = 4;

    private final LedgerConfig config;
    private final Ledger ledger;
    private long nextId;
    private long neighborRequests;

    /** Requests to other workers' shards that were not accepted. Guarded by this. */
    private final List<Outcome> affected = new ArrayList<>();

    private OutageBenchmark(LedgerConfig config, Ledger ledger) {
        this.config = config;
        this.ledger = ledger;
    }

    public static void main(String[] args) throws Exception {
        int kills = Integer.parseInt(args[0]);
        Path directory = Files.createTempDirectory("outage-");
        LedgerConfig config = LedgerConfig.inMemory()
                .withJournal(JournalMode.PROCESS, directory)
                .withVariant(args[1]);
        try (Ledger ledger = new ProcessArchitecture().open(config)) {
            new OutageBenchmark(config, ledger).run(kills);
        } finally {
            delete(directory);
        }
    }

    private void run(int kills) throws InterruptedException {
        // The supervisor compiles its code, and the first spare gets ready.
        drive(-1, Duration.ofSeconds(5), new ArrayList<>());
        double[] outagesMillis = new double[kills];
        for (int kill = 0; kill < kills; kill++) {
            outagesMillis[kill] = outageMillis(kill % config.workers());
        }
        report(outagesMillis);
    }

    /** One request to a shard of the victim. */
    private static final class Probe {
        private final int shard;
        private volatile long answeredNanos;
        private volatile boolean accepted;

        Probe(int shard) {
            this.shard = shard;
        }
    }

    private double outageMillis(int victim) throws InterruptedException {
        drive(victim, STEADY, new ArrayList<>());
        if (!(ledger.submit(new Locate(nextId++, victim)).join() instanceof Located located)) {
            throw new IllegalStateException("worker " + victim + " does not serve");
        }
        ProcessHandle process = ProcessHandle.of(located.pid()).orElseThrow();
        List<Probe> probes = new ArrayList<>();
        long killedNanos = System.nanoTime();
        process.destroyForcibly();
        drive(victim, OBSERVED, probes);
        // Whatever was sent is answered by then, and the victim serves.
        drive(-1, OBSERVED, new ArrayList<>());
        double worstMillis = 0;
        for (int shard = victim; shard < config.shards(); shard += config.workers()) {
            worstMillis = Math.max(worstMillis, (endNanos(shard, probes) - killedNanos) / 1e6);
        }
        return worstMillis;
    }

    private static long endNanos(int shard, List<Probe> probes) {
        long endNanos = Long.MAX_VALUE;
        for (Probe probe : probes.reversed()) {
            if (probe.shard == shard) {
                if (!probe.accepted) {
                    break;
                }
                endNanos = probe.answeredNanos;
            }
        }
        if (endNanos == Long.MAX_VALUE) {
            throw new IllegalStateException("shard " + shard + " does not serve after " + OBSERVED);
        }
        return endNanos;
    }

    /** Sends requests at the pace described above; those to the victim become probes, if there is one. */
    private void drive(int victim, Duration duration, List<Probe> probes) {
        long startNanos = System.nanoTime();
        for (long tick = 0; tick * TICK_NANOS < duration.toNanos(); tick++) {
            for (int shard = 0; shard < config.shards(); shard++) {
                if (shard % config.workers() == victim) {
                    probe(new Probe(shard), probes);
                } else if (tick % TICKS_OF_OTHERS == 0) {
                    neighborRequests++;
                    var _ = ledger.submit(new Deposit(nextId++, shard, 1)).thenAccept(this::neighborAnswered);
                }
            }
            for (long left = 1; left > 0; ) {
                left = startNanos + (tick + 1) * TICK_NANOS - System.nanoTime();
                LockSupport.parkNanos(left);
            }
        }
    }

    private void probe(Probe probe, List<Probe> probes) {
        probes.add(probe);
        var _ = ledger.submit(new Deposit(nextId++, probe.shard, 1)).thenAccept(outcome -> {
            probe.answeredNanos = System.nanoTime();
            probe.accepted = outcome instanceof Accepted;
        });
    }

    private void neighborAnswered(Outcome outcome) {
        if (!(outcome instanceof Accepted)) {
            synchronized (this) {
                affected.add(outcome);
            }
        }
    }

    private synchronized void report(double[] outagesMillis) {
        double[] sorted = outagesMillis.clone();
        Arrays.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "%s: %d kills; outage of the victim's shards median %.1f ms, p90 %.1f ms, p99 %.1f ms, worst %.1f ms%n",
                config.variant(),
                sorted.length,
                percentile(sorted, 50),
                percentile(sorted, 90),
                percentile(sorted, 99),
                sorted[sorted.length - 1]);
        System.out.printf(
                Locale.ROOT,
                "%d requests to other workers' shards, %d of them not accepted%s%n",
                neighborRequests,
                affected.size(),
                affected.isEmpty() ? "" : ", such as " + affected.getFirst());
        System.out.println("all outages, in order, in ms: " + Arrays.toString(rounded(outagesMillis)));
    }

    private static double percentile(double[] sorted, int percent) {
        return sorted[(sorted.length * percent + 99) / 100 - 1];
    }

    private static long[] rounded(double[] millis) {
        return Arrays.stream(millis).mapToLong(Math::round).toArray();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
