package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.process.FakeWorker.Manner;
import fourways.workload.Command.Sabotage;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerOpenException;
import fourways.workload.RestartBackoff.Settings;
import fourways.workload.Restarts;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a supervisor does with workers that do not behave; each is a process. */
class SupervisorTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Set<ProcessHandle> before = ProcessHandle.current().children().collect(Collectors.toSet());
    private final Witness clients = new Witness();

    /** Writes down what a supervisor tells its clients. */
    private static final class Witness implements Clients {
        final List<Frame.Answer> answers = new CopyOnWriteArrayList<>();
        final List<Integer> serving = new CopyOnWriteArrayList<>();
        final List<String> lost = new CopyOnWriteArrayList<>();
        final List<String> abandoned = new CopyOnWriteArrayList<>();
        volatile int servingWhenAbandoned;

        @Override
        public void answered(Frame.Answer answer) {
            answers.add(answer);
        }

        @Override
        public void serving(int worker) {
            serving.add(worker);
        }

        @Override
        public void resumed(int shard) {}

        @Override
        public void suspended(int shard, String reason, boolean givenUp) {}

        @Override
        public void lost(int worker, String reason) {
            lost.add(reason);
        }

        @Override
        public void abandoned(int worker, String reason) {
            if (abandoned.isEmpty()) {
                servingWhenAbandoned = serving.size();
            }
            abandoned.add(reason);
        }
    }

    @AfterEach
    void noProcessIsLeft() {
        Set<ProcessHandle> after = ProcessHandle.current().children().collect(Collectors.toSet());
        after.removeAll(before);
        assertEquals(Set.of(), after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GIBBERISH    | worker-0 has sent something malformed: frame of type 99, allowed are 1 to 13
                    PRESUMPTUOUS | worker-0 has sent something malformed: a worker at work sends no Submit, allowed are Answer, Credit, Credited, Served, Suspended, Ready, Beat, Progress and Failed
                    GENEROUS     | worker-0 has sent something malformed: shard 1, allowed are 0 to 0
                    """)
    void aWorkerThatSendsNonsenseIsReplacedUntilItHasHappenedTooOftenInARow(Manner manner, String reason) {
        try (Supervisor supervisor = open(manner)) {
            Awaitility.await().atMost(SOON).until(() -> !clients.abandoned.isEmpty());

            assertEquals(List.of(reason), clients.abandoned);
            assertTrue(clients.lost.stream().allMatch(reason::equals), clients.lost::toString);
            assertTrue(clients.lost.size() >= 5, () -> clients.lost.size() + " lost");
            assertEquals(clients.lost.size(), clients.serving.size());
            assertFalse(supervisor.send(0, new Frame.Resend(0)));
        }
    }

    @Test
    void aWorkerThatFailsTooOftenIsLeftAloneForAWhileAndThenTriedAgain() {
        LedgerConfig config = config(Manner.GIBBERISH);
        Duration instant = Duration.ofMillis(1);
        Settings settings = new Settings(2, instant, instant, Duration.ofDays(1), Duration.ofMillis(100));
        Policies policies = new Policies(
                Recruits.onDemand(Launch.plain(config, FakeWorker.class)),
                () -> Restarts.withBackoff(settings),
                Heartbeat.none(),
                SOON,
                (admission, request) -> {});

        try (Supervisor _ = Supervisor.open(config, Frame.Job.ECHO, clients, policies)) {
            Awaitility.await().atMost(SOON).until(() -> clients.abandoned.size() > 1);

            assertTrue(clients.abandoned.getFirst().contains("that was too often, the next one is tried in "));
            assertEquals(3, clients.servingWhenAbandoned, "the first and two more in its place, and then a pause");
            assertTrue(clients.serving.size() > 3, "and another after it");
        }
    }

    @Test
    void aWorkerThatHangsWhileItOpensItsShardsIsKilled() {
        LedgerConfig config = config(Manner.SLOW);
        Policies policies = new Policies(
                Recruits.onDemand(Launch.plain(config, FakeWorker.class)),
                RestartLimit::new,
                Heartbeat.none(),
                Duration.ofMillis(300),
                (admission, request) -> {});

        LedgerOpenException late = assertTimeoutPreemptively(
                SOON,
                () -> assertThrows(
                        LedgerOpenException.class, () -> Supervisor.open(config, Frame.Job.ECHO, clients, policies)));

        assertEquals("worker-0 has opened no shard for 300 ms, and is killed", late.getMessage());
    }

    @Test
    void aWorkerThatReadsNothingIsCutOffAndReplaced() {
        try (Supervisor supervisor = open(Manner.DEAF)) {
            Frame frame = new Frame.Submit(0, new Sabotage(1, 0, "x".repeat(Fields.MAX_STRING_BYTES)));
            Awaitility.await().atMost(SOON).until(() -> {
                while (clients.lost.isEmpty() && supervisor.send(0, frame)) {
                    // Until it is too much.
                }
                return !clients.lost.isEmpty();
            });

            assertTrue(clients.lost.getFirst().startsWith("worker-0 is too slow"), clients.lost::toString);
            Awaitility.await().atMost(SOON).until(() -> clients.serving.size() > 1);
        }
    }

    @Test
    void answersThatNobodyWaitsForAreWithoutEffect() {
        LedgerConfig config = config(Manner.CONFUSED);
        ProcessLedger ledger = new ProcessLedger(config, () -> Policies.plain(config, Frame.Job.LEDGER, Worker.class));
        ledger.close();

        try (Supervisor _ = open(Manner.CONFUSED)) {
            Awaitility.await().atMost(SOON).until(() -> clients.answers.size() == 3);
            clients.answers.forEach(ledger::answered);
        }
    }

    @Test
    void whatKeepsAWorkerFromServingIsSaidAndNothingStaysBehind() {
        LedgerOpenException curious = assertThrows(LedgerOpenException.class, () -> open(Manner.CURIOUS));
        LedgerOpenException absent = assertThrows(
                LedgerOpenException.class, () -> open(config(Manner.DEAF), Frame.Job.LEDGER, FakeWorker.Absent.class));

        assertEquals(
                "rwx------", curious.getMessage(), "what the worker said, and that was about its socket's directory");
        assertEquals("worker-0 ended with status 3 before it connected", absent.getMessage());
        assertEquals(List.of(), clients.abandoned);
    }

    private Supervisor open(Manner manner) {
        return open(config(manner), Frame.Job.ECHO, FakeWorker.class);
    }

    private Supervisor open(LedgerConfig config, Frame.Job job, Class<?> main) {
        return Supervisor.open(config, job, clients, Policies.plain(config, job, main));
    }

    private static LedgerConfig config(Manner manner) {
        return LedgerConfig.inMemory().withAccounts(1_000, 1).withWorkers(1).withVariant(manner.name());
    }
}
