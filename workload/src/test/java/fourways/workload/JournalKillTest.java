package fourways.workload;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL, again and again, of a JVM that writes its journals as fast as it can. It notes each command that was acknowledged in a mapped file, which survives it. All
 * that was acknowledged must be there, once; of the rest, at most the one command that it was at.
 */
class JournalKillTest {

    private static final VarHandle COUNTER = ValueLayout.JAVA_LONG.varHandle();
    private static final long SEED = 7;

    @TempDir
    private Path directory;

    /** The child: carries out the commands from an id on, until it is killed. */
    static final class Writer {
        public static void main(String[] arguments) throws IOException {
            ChildJvm.endWithParent();
            LedgerConfig config =
                    config(Path.of(arguments[0]), JournalMode.valueOf(arguments[1]), Integer.parseInt(arguments[2]));
            try (Arena arena = Arena.ofShared();
                    ShardCluster cluster = new ShardCluster(config)) {
                MemorySegment acknowledged = counter(arena, Path.of(arguments[3]));
                for (long id = Long.parseLong(arguments[4]); ; id++) {
                    cluster.call(CommandSequence.command(config, id));
                    COUNTER.setRelease(acknowledged, 0L, id);
                }
            }
        }
    }

    private static LedgerConfig config(Path ledger, JournalMode mode, int segmentBytes) {
        return LedgerConfig.in(ledger)
                .withJournal(mode, ledger)
                .withAccounts(12, 3)
                .withCapacity(4)
                .withInitialBalanceCents(1_000)
                // The small ones are dropped, so that recovery has nothing but a snapshot and what follows it.
                .withSegments(segmentBytes, segmentBytes > 4_096);
    }

    private static MemorySegment counter(Arena arena, Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(MapMode.READ_WRITE, 0, Long.BYTES, arena);
        }
    }

    /** Kills a writer several times; returns the model of all that happened. */
    private CommandSequence killAndCompare(LedgerConfig config, int rounds, int mostCommands) throws Exception {
        Random random = new Random(SEED);
        CommandSequence model = new CommandSequence(config);
        Path file = directory.resolve("acknowledged");
        try (Arena arena = Arena.ofShared()) {
            MemorySegment acknowledged = counter(arena, file);
            for (int round = 0; round < rounds; round++) {
                long enough = model.done() + 1 + random.nextInt(mostCommands);
                kill(config, file, model.done() + 1, acknowledged, enough);
                while (model.done() < (long) COUNTER.getAcquire(acknowledged, 0L)) {
                    model.step();
                }
                compare(config, model);
            }
        }
        return model;
    }

    private void kill(LedgerConfig config, Path file, long firstId, MemorySegment acknowledged, long enough)
            throws Exception {
        try (ChildJvm writer = ChildJvm.start(
                directory.resolve("output"),
                List.of(),
                Writer.class,
                directory.resolve("ledger"),
                config.journal(),
                config.segmentBytes(),
                file,
                firstId)) {
            await().atMost(ChildJvm.PATIENCE)
                    .until(() -> (long) COUNTER.getAcquire(acknowledged, 0L) >= enough || !writer.isAlive());
            assertTrue(writer.isAlive(), () -> "the writer ended by itself: " + outputOf(writer));
            writer.kill();
        }
    }

    private static String outputOf(ChildJvm child) {
        try {
            return child.output();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void compare(LedgerConfig config, CommandSequence model) {
        try (ShardCluster cluster = new ShardCluster(config)) {
            cluster.settle();
            long[] found = IntStream.range(0, config.accounts())
                    .mapToLong(cluster::balance)
                    .toArray();
            if (!Arrays.equals(model.balances(), found)) {
                model.step();
            }
            assertArrayEquals(model.balances(), found);
        }
    }

    @Test
    void acknowledgedChangesSurviveKillsWhileSegmentsRollAllTheTime() throws Exception {
        killAndCompare(config(directory.resolve("ledger"), JournalMode.PROCESS, 4_096), 6, 2_000);
    }

    @Test
    void everyAcknowledgedChangeIsInTheJournalExactlyOnceAfterKills() throws Exception {
        LedgerConfig config = config(directory.resolve("ledger"), JournalMode.PROCESS, 1 << 18);

        CommandSequence model = killAndCompare(config, 6, 100_000);

        compareEntries(config, model.done());
    }

    @Test
    void forcedChangesSurviveKillsToo() throws Exception {
        LedgerConfig config = config(directory.resolve("ledger"), JournalMode.DISK, 1 << 16);

        CommandSequence model = killAndCompare(config, 2, 200);

        compareEntries(config, model.done());
    }

    private static void compareEntries(LedgerConfig config, long commands) {
        CommandSequence model = new CommandSequence(config);
        List<List<Entry>> expected = new ArrayList<>();
        for (int shard = 0; shard < config.shards(); shard++) {
            expected.add(new ArrayList<>());
        }
        while (model.done() < commands) {
            model.step()
                    .forEach(entry ->
                            expected.get(config.shardOf(entry.account())).add(entry));
        }
        for (int shard = 0; shard < config.shards(); shard++) {
            assertEquals(expected.get(shard), entriesOf(config, shard));
        }
    }

    private static List<Entry> entriesOf(LedgerConfig config, int shard) {
        List<Entry> entries = new ArrayList<>();
        JournalAudit.Result result = JournalAudit.read(config, shard, new JournalAudit.Visitor() {
            @Override
            public void entry(Entry entry, Path segment, long offset) {
                entries.add(CommandSequence.withoutNumber(entry));
            }

            @Override
            public void contradiction(Path segment, String what) {
                throw new AssertionError(segment + ": " + what);
            }
        });
        assertTrue(result.complete());
        return entries;
    }
}
