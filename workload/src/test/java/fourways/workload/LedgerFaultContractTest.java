package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.RecoveryLog.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What clients experience when something goes badly wrong, the same in all architectures: each subclass states, for one variant, the fate of the shard on which a
 * fault is inflicted, of those that share its worker, and of all others. Whatever that is, nothing acknowledged may be lost, applied twice, or invented.
 *
 * <p>The ledger runs in a JVM of its own, for it may not survive; its clients and the history that they keep are here. They send a {@link FaultLoad} to every shard, and
 * the fault goes in when all are served. A scenario ends as soon as every shard has come to what is expected of it, and otherwise after so long that it will not any more. In the end that JVM
 * is killed, and the ledger opened again here.
 */
public abstract class LedgerFaultContractTest {

    /** For what must come about: longer than a worker takes to be noticed, killed and started again, on a machine that is busy with other things. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration REOPEN_PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path temporary;

    protected abstract Architecture architecture();

    /** The variant under test. */
    protected String variant() {
        return architecture().variants().getFirst();
    }

    /** What each scenario does to clients of this variant, as it was measured, and why. */
    protected abstract Experience expected(Scenario scenario);

    /** Whether this variant keeps out a request that kills its handler every time. */
    protected boolean quarantines() {
        return false;
    }

    @Test
    void exceptionInMidUpdate() throws Exception {
        suffer(Scenario.EXCEPTION_IN_MID_UPDATE);
    }

    @Test
    void stackOverflow() throws Exception {
        suffer(Scenario.STACK_OVERFLOW);
    }

    @Test
    void busyLoop() throws Exception {
        suffer(Scenario.BUSY_LOOP);
    }

    @Test
    void blockingCall() throws Exception {
        suffer(Scenario.BLOCKING_CALL);
    }

    @Test
    void poolExhaustion() throws Exception {
        suffer(Scenario.POOL_EXHAUSTION);
    }

    @Test
    void deadlock() throws Exception {
        suffer(Scenario.DEADLOCK);
    }

    @Test
    void exit() throws Exception {
        suffer(Scenario.EXIT);
    }

    @Test
    void kill() throws Exception {
        suffer(Scenario.KILL);
    }

    @Test
    void freeze() throws Exception {
        suffer(Scenario.FREEZE);
    }

    @Test
    void overload() throws Exception {
        suffer(Scenario.OVERLOAD);
    }

    @Test
    void poisonRequest() throws Exception {
        suffer(Scenario.POISON_REQUEST);
    }

    private void suffer(Scenario scenario) throws Exception {
        LedgerConfig config = FaultLoad.config(temporary.resolve("ledger"), variant());

        History history = inflict(scenario, temporary.resolve("ledger"));

        assertNothingIsLost(config, history);
    }

    /** Returns what clients sent and heard until the JVM was killed. */
    private History inflict(Scenario scenario, Path directory) throws Exception {
        Experience expected = expected(scenario);
        try (FaultedLedger ledger =
                        FaultedLedger.start(architecture(), variant(), directory, temporary.resolve("log"));
                LightLoad clients = LightLoad.start(ledger);
                Infliction infliction = new Infliction(scenario, ledger, clients)) {
            IntStream.range(0, FaultLoad.SHARDS)
                    .forEach(shard -> clients.of(shard).begin());
            infliction.inflict();

            Map<Integer, Fate> expectedFates = byShard(shard -> scenario.expectedOf(shard, expected));
            Map<Integer, Fate> fates = observe(ledger, clients, scenario.atLeast(), expectedFates);

            assertEquals(expectedFates, fates, () -> report(ledger, clients));
            assertEquals(expected.fires(), infliction.fired(), "whether it took place");
            if (expected.fires() && scenario.isRecoveredFrom(expected)) {
                awaitRecoveryInTheLog(ledger, scenario);
            } else if (scenario == Scenario.OVERLOAD) {
                assertEquals(List.of(), recoverySteps(ledger), "nothing failed, so nothing is recovered");
            }
            assertEquals(
                    scenario == Scenario.POISON_REQUEST && quarantines(), infliction.quarantined(), "in quarantine");
            return clients.history();
        }
    }

    /** All ledgers tell their recovery in the same words: noticed, taken away, recovered, and in between, where an owner is lost for good, that there is another. */
    private static void awaitRecoveryInTheLog(FaultedLedger ledger, Scenario scenario) {
        Awaitility.await("the story of a recovery in the log").atMost(PATIENCE).untilAsserted(() -> {
            List<Step> steps = recoverySteps(ledger);
            int taken = Math.max(steps.indexOf(Step.FENCED), steps.indexOf(Step.KILLED));
            assertEquals(0, steps.indexOf(Step.DETECTED), steps::toString);
            assertTrue(taken > 0, steps::toString);
            assertTrue(steps.lastIndexOf(Step.REPLAYED) > taken, steps::toString);
            assertEquals(scenario.isOwnerLost(), steps.contains(Step.REPLACEMENT_UP), steps::toString);
        });
    }

    private static List<Step> recoverySteps(FaultedLedger ledger) throws IOException {
        return ledger.log()
                .lines()
                .map(RecoveryLog::parse)
                .filter(Objects::nonNull)
                .map(line -> Objects.requireNonNull(line).step())
                .toList();
    }

    /** Waits for what is expected, and returns what has come about. */
    private static Map<Integer, Fate> observe(
            FaultedLedger ledger, LightLoad clients, Duration atLeast, Map<Integer, Fate> expected) {
        long beginNanos = System.nanoTime();
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(20, TimeUnit.MILLISECONDS)
                    .until(() -> (ledger.isGone() || System.nanoTime() - beginNanos >= atLeast.toNanos())
                            && fates(ledger, clients).equals(expected));
        } catch (ConditionTimeoutException e) {
            // The caller compares and reports in more detail.
            return fates(ledger, clients);
        }
        return expected;
    }

    private static Map<Integer, Fate> fates(FaultedLedger ledger, LightLoad clients) {
        return byShard(shard -> ledger.isGone() ? Fate.LOST : clients.of(shard).fate(System.nanoTime()));
    }

    private static Map<Integer, Fate> byShard(IntFunction<Fate> fate) {
        return IntStream.range(0, FaultLoad.SHARDS)
                .boxed()
                .collect(Collectors.toMap(shard -> shard, fate::apply, (one, other) -> one, TreeMap::new));
    }

    private static String report(FaultedLedger ledger, LightLoad clients) {
        StringBuilder report = new StringBuilder();
        for (int shard = 0; shard < FaultLoad.SHARDS; shard++) {
            report.append("shard ")
                    .append(shard)
                    .append(": ")
                    .append(clients.of(shard))
                    .append('\n');
        }
        try {
            return report.append(ledger.log()).toString();
        } catch (IOException e) {
            return report.append(e).toString();
        }
    }

    /** Money that was under way when the JVM died arrives a moment after the ledger has opened. */
    private void assertNothingIsLost(LedgerConfig config, History history) throws InterruptedException {
        long totalCents = JournalSums.totalCents(config);
        LiveBalances live;
        try (Ledger reopened = architecture().open(config)) {
            Awaitility.await().atMost(REOPEN_PATIENCE).until(() -> liveCents(reopened, config) == totalCents);
            live = LiveBalances.read(reopened, config, REOPEN_PATIENCE);
        }
        Verdict verdict = Checker.check(config, new FaultLoad(), history, live);
        assertTrue(verdict.isValid(), verdict::toString);
        assertTrue(verdict.everyCommand(), verdict::toString);
        assertEquals(config.accounts(), verdict.liveAccounts(), verdict::toString);
    }

    private static long liveCents(Ledger ledger, LedgerConfig config) throws InterruptedException {
        LiveBalances live = LiveBalances.read(ledger, config, REOPEN_PATIENCE);
        assertEquals(config.accounts(), live.known());
        return IntStream.range(0, config.accounts()).mapToLong(live::cents).sum();
    }
}
