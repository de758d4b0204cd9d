package fourways.report;

import fourways.report.Results.Parity;
import fourways.workload.ClosedLoop;
import fourways.workload.Command;
import fourways.workload.Command.Locate;
import fourways.workload.Commands;
import fourways.workload.History;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.LoopPlan;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Located;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads from running processes what an architecture was given: the parity table is about what is, not about what was asked for. */
final class HostProbe {

    /** Asked for a while and at full load: a pool that has little to do wakes no more threads than it needs. */
    private static final LoopPlan LOOK =
            new LoopPlan(1_024, 0, 1 << 20, Duration.ZERO, Duration.ofMillis(200), Duration.ofSeconds(5));

    private static final Pattern MAX_HEAP = Pattern.compile("-XX:MaxHeapSize=(\\d+)");
    private static final Pattern COLLECTOR =
            Pattern.compile("-XX:\\+Use(Serial|Parallel|G1|Z|Shenandoah|Epsilon)GC\\b");
    private static final long MEBIBYTE = 1L << 20;

    private final ProcessTree processes;

    HostProbe(ProcessTree processes) {
        this.processes = processes;
    }

    Parity read(LedgerConfig config, String architecture, Ledger ledger, long firstId) throws IOException {
        Witness witness = new Witness(ledger);
        Commands locates = id -> new Locate(firstId + id, (int) (id % config.shards()));
        ClosedLoop.run(witness, locates, new History(LOOK.maxCommands()), LOOK);
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
                witness.processes.size(),
                witness.threads.size(),
                Proc.threads(alive).size(),
                heapBytes / MEBIBYTE,
                List.copyOf(collectors),
                ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    private static Stream<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1));
    }

    /** As the JVM itself lists them, its own choices included. */
    private static String flagsOf(long pid) throws IOException {
        String flags = Jcmd.ask(pid, "VM.flags");
        if (!MAX_HEAP.matcher(flags).find()) {
            throw new IOException("jcmd does not tell the flags of process " + pid + ": " + flags);
        }
        return flags;
    }

    /** Writes down who answers. */
    private static final class Witness implements Ledger {

        private final Ledger ledger;
        private final Set<Long> processes = ConcurrentHashMap.newKeySet();
        private final Set<Long> threads = ConcurrentHashMap.newKeySet();

        Witness(Ledger ledger) {
            this.ledger = ledger;
        }

        @Override
        public CompletableFuture<Outcome> submit(Command command) {
            return ledger.submit(command).whenComplete((outcome, failure) -> {
                if (outcome instanceof Located located) {
                    processes.add(located.pid());
                    threads.add(located.nativeThreadId());
                }
            });
        }

        @Override
        public void close() {
            ledger.close();
        }
    }
}
