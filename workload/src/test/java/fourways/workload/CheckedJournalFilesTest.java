package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checker on real shards with journals in files, which roll over many segments; what it makes of damage is in {@link DamagedJournalsTest}. */
class CheckedJournalFilesTest {

    private static final int COMMANDS = 5_000;

    @TempDir
    private Path folder;

    private final History history = new History(COMMANDS);

    private LedgerConfig config(boolean keepSegments) {
        return LedgerConfig.in(folder.resolve("ledger"))
                .withAccounts(40, 4)
                .withCapacity(8)
                .withSegments(4_096, keepSegments);
    }

    private static Commands commands(LedgerConfig config) {
        return Load.standard(config, 5).withCrossShardShare(0.5);
    }

    /** Sends commands up to an id to a ledger of one thread; one shard is recovered from its journal every hundred commands. */
    private LiveBalances run(LedgerConfig config, long endId) throws InterruptedException {
        try (ShardCluster cluster = new ShardCluster(config)) {
            Ledger ledger = new Ledger() {
                @Override
                public CompletableFuture<Outcome> submit(Command command) {
                    if (command.id() % 100 == 99) {
                        cluster.recover((int) (command.id() / 100 % config.shards()));
                    }
                    return CompletableFuture.completedFuture(cluster.call(command));
                }

                @Override
                public void close() {
                    throw new AssertionError("closed by the test");
                }
            };
            LoopPlan plan = LoopPlan.ofCommands(1, endId - history.end()).startingAt(history.end());
            ClosedLoop.run(ledger, commands(config), history, plan);
            return LiveBalances.read(ledger, config, Duration.ofSeconds(20));
        }
    }

    @Test
    void everyCommandIsFoundInTheSegmentsThatWereKept() throws InterruptedException {
        LedgerConfig config = config(true);
        run(config, COMMANDS / 2);
        LiveBalances live = run(config, COMMANDS);

        Verdict verdict = Checker.check(config, commands(config), history, live);

        assertTrue(verdict.isValid(), verdict::toString);
        assertTrue(verdict.everyCommand());
        assertEquals(COMMANDS, verdict.commands());
        assertTrue(verdict.entries() > 3_000, verdict::toString);
        assertEquals(40, verdict.journalAccounts());
        assertEquals(40, verdict.liveAccounts());
        assertTrue(segments(config, 0).size() > 10, "many segments");
    }

    @Test
    void withoutThemTheTotalsAreRight() throws InterruptedException {
        LedgerConfig config = config(false);
        LiveBalances live = run(config, COMMANDS);

        Verdict verdict = Checker.check(config, commands(config), history, live);

        assertTrue(verdict.isValid(), verdict::toString);
        assertFalse(verdict.everyCommand());
        assertEquals(40, verdict.journalAccounts());
        assertEquals(40, verdict.liveAccounts());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4})
    void aSegmentThatIsGoneIsReportedAndWhatFollowsIsNotJudgedWithoutIt(int which)
            throws InterruptedException, IOException {
        LedgerConfig config = config(true);
        LiveBalances live = run(config, COMMANDS);
        Files.delete(segments(config, 2).values().stream().toList().get(which));

        Verdict verdict = Checker.check(config, commands(config), history, live);

        assertEquals(Map.of(Violation.Kind.JOURNAL_DAMAGED, 1L), verdict.violations(), verdict::toString);
        assertEquals(30, verdict.journalAccounts());
        assertEquals(30, verdict.liveAccounts());
    }

    @Test
    void acknowledgedCommandsThatAreCutOffTheEndOfAJournalAreLost() throws InterruptedException, IOException {
        LedgerConfig config = config(true);
        LiveBalances live = run(config, COMMANDS);
        // As if the last segment had never reached the disk: what is left is a perfect journal, only too short.
        Files.delete(segments(config, 2).lastEntry().getValue());

        Verdict verdict = Checker.check(config, commands(config), history, live);

        assertTrue(verdict.count(Violation.Kind.LOST) > 0, verdict::toString);
        assertTrue(verdict.count(Violation.Kind.LIVE_DIFFERS) > 0, verdict::toString);
        assertEquals(0, verdict.count(Violation.Kind.JOURNAL_DAMAGED), verdict::toString);
    }

    private static NavigableMap<Long, Path> segments(LedgerConfig config, int shard) {
        try {
            return SegmentFolder.of(Path.of(String.valueOf(config.directory())), shard)
                    .segments();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
