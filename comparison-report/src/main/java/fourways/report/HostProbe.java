package fourways.report;

import fourways.report.Results.Parity;
import fourways.workload.Command.Locate;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Located;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads from running processes what an architecture was given: the parity table is about what is, not about what was asked for. */
final class HostProbe {

    /** Asked several times at once, since a pool gives each request to whichever thread is free. */
    private static final int LOCATES_PER_SHARD = 8;

    /** Any answer at all comes within this, or the ledger does not serve. */
    private static final long PATIENCE_SECONDS = 5;

    private static final Pattern MAX_HEAP = Pattern.compile("-XX:MaxHeapSize=(\\d+)");
    private static final Pattern COLLECTOR =
            Pattern.compile("-XX:\\+Use(Serial|Parallel|G1|Z|Shenandoah|Epsilon)GC\\b");
    private static final long MEBIBYTE = 1L << 20;

    private final ProcessTree processes;

    HostProbe(ProcessTree processes) {
        this.processes = processes;
    }

    Parity read(LedgerConfig config, String architecture, Ledger ledger, long firstId) throws IOException {
        Set<Long> servingProcesses = new HashSet<>();
        Set<Long> servingThreads = new HashSet<>();
        for (Outcome outcome : locateAll(config, ledger, firstId)) {
            if (outcome instanceof Located located) {
                servingProcesses.add(located.pid());
                servingThreads.add(located.nativeThreadId());
            }
        }
        List<ProcessHandle> alive = processes.alive();
        long heapBytes = 0;
        Set<String> collectors = new TreeSet<>();
        for (ProcessHandle process : alive) {
            String flags = flagsOf(process.pid());
            heapBytes += groups(MAX_HEAP, flags).mapToLong(Long::parseLong).sum();
            groups(COLLECTOR, flags).forEach(collectors::add);
        }
        return new Parity(
                architecture,
                config.variant(),
                alive.size(),
                servingProcesses.size(),
                servingThreads.size(),
                Proc.threads(alive).size(),
                heapBytes / MEBIBYTE,
                List.copyOf(collectors),
                ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    private static List<Outcome> locateAll(LedgerConfig config, Ledger ledger, long firstId) {
        List<CompletableFuture<Outcome>> asked = new ArrayList<>();
        for (int i = 0; i < LOCATES_PER_SHARD * config.shards(); i++) {
            asked.add(ledger.submit(new Locate(firstId + i, i % config.shards()))
                    .copy()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
        return asked.stream().map(CompletableFuture::join).toList();
    }

    private static Stream<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1));
    }

    /** As the JVM itself lists them, its own choices included. */
    private static String flagsOf(long pid) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "VM.flags")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String flags = String.join(" ", output.readAllLines());
            if (!MAX_HEAP.matcher(flags).find()) {
                throw new IOException("jcmd does not tell the flags of process " + pid + ": " + flags);
            }
            return flags;
        }
    }
}
