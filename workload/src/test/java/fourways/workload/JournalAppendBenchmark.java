package fourways.workload;

import fourways.workload.Command.Deposit;
import fourways.workload.Entry.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What it costs to write a change down, rolling included, and to serve a deposit with it. {@code MEMORY} writes nothing and is the yardstick. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class JournalAppendBenchmark {

    private static final int SHARD = 3;

    @Param({"MEMORY", "PROCESS"})
    private JournalMode mode;

    private Path directory;
    private LedgerStore store;
    private Journal journal;
    private Shard shard;
    private long id;

    @Setup
    public void open() throws IOException {
        directory = Files.createTempDirectory("journal-append");
        LedgerConfig config = LedgerConfig.inMemory().withJournal(mode, directory);
        store = LedgerStore.open(config);
        journal = store.openJournal(SHARD, new Books(config, SHARD));
        shard = Shard.open(store, SHARD + 1, new NoPeers());
    }

    @TearDown
    public void close() throws IOException {
        journal.close();
        shard.close();
        store.close();
        TemporaryFolder.remove(directory);
    }

    @Benchmark
    public void append() {
        journal.append(new Entry(Kind.DEPOSIT, ++id, SHARD, SHARD, 1, 0));
    }

    @Benchmark
    public void serveDeposit(Blackhole answers) {
        shard.handle(new Deposit(++id, SHARD + 1, 1), answers::consume);
    }
}
