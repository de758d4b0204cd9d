package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.report.FaultCell.Moment;
import fourways.report.FaultMeasurement.Sighting;
import fourways.workload.Command;
import fourways.workload.Ledger;
import fourways.workload.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a clock that the tests move, and processes that are no JVMs. */
final class RecoveryWatchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A shell whose second child comes when the first has gone. */
    private static final String ONE_CHILD_AFTER_THE_OTHER = "sleep 100; sleep 100 & wait";

    @TempDir
    Path directory;

    private final AtomicLong clock = new AtomicLong(1_000);
    private final List<Moment> told = new CopyOnWriteArrayList<>();
    private final RecoveryWatch watch = new RecoveryWatch(clock::get, told::add);

    @AfterEach
    void end() {
        watch.close();
    }

    @Test
    void everyLineOfTheLedgersRecoveryIsALink() {
        watch.begin();

        watch.said("Nov 22, 2026 10:00:00 PM fourways.workload.RecoveryLog say");
        watch.said("RECOVERY detected shard=3 it is stuck");
        clock.set(1_010);
        watch.said("RECOVERY fenced shard=3");
        watch.said("RECOVERY killed worker=4711 gone");
        clock.set(1_020);
        watch.said("RECOVERY replacement-up shard=3 another thread");
        watch.said("RECOVERY replayed shard=3 by it");

        assertEquals(
                List.of(
                        new Sighting(ChainStep.DETECTED, 1_000, false, "shard 3 found failed: it is stuck"),
                        new Sighting(ChainStep.KILLED, 1_010, false, "shard 3 fenced off"),
                        new Sighting(ChainStep.KILLED, 1_010, false, "worker 4711 killed: gone"),
                        new Sighting(
                                ChainStep.REPLACEMENT_UP, 1_020, false, "shard 3 has another owner: another thread"),
                        new Sighting(ChainStep.REPLAYED, 1_020, false, "shard 3 recovered from its journal: by it")),
                watch.sightings());
    }

    @Test
    void whatIsSaidBeforeAndAfterIsNoRecovery() {
        watch.said("RECOVERY detected shard=1 while it opens");
        watch.begin();
        watch.said("RECOVERY detected shard=2");
        watch.close();
        watch.said("RECOVERY detected shard=3 while it closes");

        assertEquals(
                List.of("shard 2 found failed"),
                watch.sightings().stream().map(Sighting::what).toList());
        assertEquals(List.of(new Moment("shard 2 found failed", 1_000)), told);
    }

    @Test
    void crashLoopIsBounded() {
        watch.begin();
        for (int i = 0; i < 10_000; i++) {
            watch.said("RECOVERY detected shard=2");
        }

        assertEquals(200, watch.sightings().size());
    }

    @Test
    void restartFromOutsideIsSaidToBeThat() throws Exception {
        try (TrialJvm first = start("exit 3");
                TrialJvm second = start("exec sleep 100")) {
            watch.started(first);
            watch.begin();
            watch.died(3);
            clock.set(1_100);
            watch.started(second);
            clock.set(1_500);
            watch.restarted(new SilentLedger());
        }

        List<Sighting> attended = watch.sightings().stream()
                .filter(sighting -> !sighting.what().startsWith("process "))
                .toList();
        assertEquals(
                List.of(
                        new Sighting(ChainStep.KILLED, 1_000, false, "the trial's JVM died, exit status 3"),
                        new Sighting(ChainStep.DETECTED, 1_000, true, "its end was noticed from outside"),
                        new Sighting(ChainStep.REPLACEMENT_UP, 1_100, true, "started again from outside"),
                        new Sighting(ChainStep.REPLAYED, 1_500, true, "open again after the restart from outside")),
                attended);
    }

    @Test
    void processesThatGoAndComeAreSeen() throws Exception {
        try (TrialJvm shell = start(ONE_CHILD_AFTER_THE_OTHER)) {
            watch.started(shell);
            Awaitility.await("the first child")
                    .atMost(PATIENCE)
                    .until(() -> shell.tree().alive().size() == 2);
            long first = child(shell).pid();
            watch.begin();
            child(shell).destroyForcibly();

            Awaitility.await("the second child")
                    .atMost(PATIENCE)
                    .until(() -> watch.sightings().size() == 2);

            List<Sighting> sightings = watch.sightings();
            assertEquals(
                    new Sighting(ChainStep.KILLED, 1_000, false, "process " + first + " is gone"),
                    sightings.getFirst());
            assertEquals(
                    new Sighting(
                            ChainStep.REPLACEMENT_UP,
                            1_000,
                            false,
                            "process " + child(shell).pid() + " was started by the ledger"),
                    sightings.getLast());
        }
    }

    @Test
    void newProcessIsNoReplacementWhereTheLedgerSaysWhoIs() throws Exception {
        try (TrialJvm shell = start(ONE_CHILD_AFTER_THE_OTHER)) {
            watch.started(shell);
            Awaitility.await("the first child")
                    .atMost(PATIENCE)
                    .until(() -> shell.tree().alive().size() == 2);
            watch.begin();
            child(shell).destroyForcibly();
            Awaitility.await("the second child")
                    .atMost(PATIENCE)
                    .until(() -> watch.sightings().size() == 2);

            watch.said("RECOVERY replacement-up worker=12 the spare");

            assertEquals(
                    List.of("worker 12 takes over: the spare"),
                    watch.sightings().stream()
                            .filter(sighting -> sighting.step() == ChainStep.REPLACEMENT_UP)
                            .map(Sighting::what)
                            .toList());
        }
    }

    @Test
    void linesOfATrialsLogReachTheWatch() throws Exception {
        watch.begin();
        try (TrialJvm shell = TrialJvm.start(
                List.of("sh", "-c", "echo 'RECOVERY detected shard=5 oops' >&2; exec sleep 100"),
                directory.resolve("log"),
                watch::said)) {
            Awaitility.await("the line")
                    .atMost(PATIENCE)
                    .until(() -> !watch.sightings().isEmpty());
            assertTrue(shell.isAlive());
        }

        assertEquals("shard 5 found failed: oops", watch.sightings().getFirst().what());
    }

    private static ProcessHandle child(TrialJvm shell) {
        return shell.tree().alive().stream()
                .filter(process -> process.pid() != shell.pid())
                .findFirst()
                .orElseThrow();
    }

    private TrialJvm start(String script) throws IOException {
        return TrialJvm.start(List.of("sh", "-c", script), directory.resolve("log"));
    }

    /** Is asked nothing. */
    private static final class SilentLedger implements Ledger {

        @Override
        public CompletableFuture<Outcome> submit(Command command) {
            throw new UnsupportedOperationException("nobody asks");
        }

        @Override
        public void close() {}
    }
}
