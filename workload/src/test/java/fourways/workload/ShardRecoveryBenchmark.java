package fourways.workload;

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

/** How long a shard takes to come back: its journal is opened, replayed and closed. The files are in the kernel's memory, as they are after a crash. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class ShardRecoveryBenchmark {

    private static final int SHARD = 3;

    /** Behind the snapshot; the last is about what a segment of the default size holds before it is rolled. */
    @Param({"0", "1000", "16000"})
    private int entries;

    private Path directory;
    private LedgerConfig config;
    private LedgerStore store;

    @Setup
    public void write() throws IOException {
        directory = Files.createTempDirectory("shard-recovery");
        config = LedgerConfig.in(directory);
        store = LedgerStore.open(config);
        try (Journal journal = store.openJournal(SHARD, new Books(config, SHARD))) {
            for (int id = 1; id <= entries; id++) {
                int account = SHARD + config.shards() * (id % config.accountsIn(SHARD));
                journal.append(new Entry(Kind.DEPOSIT, id, account, account, 1, 0));
            }
        }
        if (Files.notExists(SegmentFolder.of(directory, SHARD).file(1))) {
            throw new IllegalStateException(entries + " entries do not fit into one segment");
        }
    }

    @TearDown
    public void remove() throws IOException {
        store.close();
        TemporaryFolder.remove(directory);
    }

    @Benchmark
    public long recover() {
        Books books = new Books(config, SHARD);
        store.openJournal(SHARD, books).close();
        return books.balance(SHARD);
    }
}
