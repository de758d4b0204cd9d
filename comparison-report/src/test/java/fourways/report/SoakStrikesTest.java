package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command;
import fourways.workload.Ledger;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Located;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that a soak has stopped, with a shell and its child in the place of the ledger's processes. */
final class SoakStrikesTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    /** Both end by themselves when they are alone, as a supervisor and its workers do; but who is stopped does not notice that it is. */
    private static final List<String> LEDGER = List.of("sh", "-c", "exec 3<&0; cat <&3 & wait");

    @TempDir
    Path directory;

    @Test
    void stoppedWorkerDoesNotOutliveAReportThatWasKilled() throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Report.class.getName(),
                directory.resolve("ledger.log").toString());
        try (TrialJvm report = TrialJvm.start(command, directory.resolve("log"))) {
            report.awaitReady(LONG);
            List<ProcessHandle> all = report.tree().alive();
            Awaitility.await("the strike").atMost(LONG).until(() -> isAnyStopped(all));

            report.kill();

            assertTrue(
                    ProcessTree.awaitEnd(all, LONG),
                    () -> "still there: " + report.tree().alive());
        }
    }

    @Test
    void nothingWaitsForAStoppedWorkerThatHasEnded() throws Exception {
        try (TrialJvm ledger = TrialJvm.start(LEDGER, directory.resolve("log"))) {
            ProcessHandle worker = worker(ledger);
            Set<ProcessHandle> before = children();
            SoakStrikes strikes = freeze(ledger, worker);
            Set<ProcessHandle> waiting = children();
            waiting.removeAll(before);
            assertEquals(1, waiting.size(), "one that wakes the worker when this JVM ends");

            worker.destroyForcibly();

            assertTrue(ProcessTree.awaitEnd(waiting, LONG));
            Awaitility.await("the proof")
                    .atMost(LONG)
                    .until(() -> strikes.tallies().equals(List.of(new SoakStrikes.Tally(Catalogue.FREEZE, 1, 1))));
        }
    }

    private static boolean isAnyStopped(List<ProcessHandle> processes) throws IOException {
        for (ProcessHandle process : processes) {
            if (Proc.isStopped(process.pid())) {
                return true;
            }
        }
        return false;
    }

    private static Set<ProcessHandle> children() {
        return ProcessHandle.current().children().filter(ProcessTree::isAlive).collect(Collectors.toSet());
    }

    private static ProcessHandle worker(TrialJvm ledger) {
        return Awaitility.await("the worker")
                .atMost(LONG)
                .until(() -> ledger.tree().alive(), alive -> alive.size() == 2)
                .get(1);
    }

    private static SoakStrikes freeze(TrialJvm ledger, ProcessHandle worker) throws IOException, InterruptedException {
        SoakStrikes strikes = new SoakStrikes(located(worker.pid()), ledger, List.of(Catalogue.FREEZE), 1);
        strikes.strike(new SoakMix.Strike(Catalogue.FREEZE, 0));
        return strikes;
    }

    private static Ledger located(long pid) {
        return new Ledger() {
            @Override
            public CompletableFuture<Outcome> submit(Command command) {
                return CompletableFuture.completedFuture(new Located(pid, pid, "main"));
            }

            @Override
            public void close() {}
        };
    }

    /** Stops a worker, and lives until its input ends. */
    static final class Report {

        private Report() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            TrialJvm ledger = TrialJvm.start(LEDGER, Path.of(arguments[0]));
            freeze(ledger, worker(ledger));
            System.out.println(TrialHost.READY);
            System.in.readAllBytes();
        }
    }
}
