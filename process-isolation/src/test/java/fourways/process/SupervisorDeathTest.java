package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.Locate;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.JavaCommand;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Located;
import fourways.workload.StandardFault;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills the JVM of a supervisor, of which two workers serve and one spins, and looks for what it leaves behind. */
class SupervisorDeathTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** Orphans have a second, on a machine that has time for them; how long they took is said in any case. */
    private static final Duration BOUND = Duration.ofSeconds(5);

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"plain", "hardened"})
    void workersEndWithTheirSupervisorAndTheLedgerOpensAgain(String variant) throws Exception {
        List<String> command = new ArrayList<>(JavaCommand.running(SupervisorMain.class));
        command.add(temporary.toString());
        command.add(variant);
        Process supervisor = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<ProcessHandle> workers = new ArrayList<>();
        try (BufferedReader output = supervisor.inputReader()) {
            for (int shard = 0; shard < SupervisorMain.WORKERS; shard++) {
                workers.add(ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow());
            }
            ProcessHandle spinning = workers.getLast();
            Duration idle = cpu(spinning);
            Awaitility.await().atMost(SOON).until(() -> cpu(spinning).compareTo(idle.plusMillis(500)) > 0);
            if (variant.equals("hardened")) {
                // No thread of its own can end this one, nor any signal but SIGKILL.
                Signals.send("STOP", workers.getFirst().pid());
                // A spare that stands by has an end, too.
                Awaitility.await()
                        .atMost(SOON)
                        .until(() -> supervisor.children().count() > SupervisorMain.WORKERS);
                supervisor.children().filter(child -> !workers.contains(child)).forEach(workers::add);
            }

            long killedNanos = System.nanoTime();
            supervisor.destroyForcibly();

            Awaitility.await("of the orphans " + workers + " some outlive their supervisor")
                    .atMost(BOUND)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> workers.stream().allMatch(Signals::hasEnded));
            long tookMillis = Duration.ofNanos(System.nanoTime() - killedNanos).toMillis();
            System.out.println(variant + ": all " + workers.size() + " orphans had ended " + tookMillis
                    + " ms after SIGKILL to their supervisor");
        } finally {
            // Whatever fails, nobody spins on.
            supervisor.destroyForcibly().waitFor();
            workers.forEach(ProcessHandle::destroyForcibly);
        }

        try (Ledger reopened = new ProcessArchitecture().open(SupervisorMain.config(temporary, variant))) {
            assertEquals(
                    new Accepted(100_042),
                    reopened.submit(new ReadBalance(9, 0)).join());
        }
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** A ledger that says who its workers are, and makes the last one spin. */
    static final class SupervisorMain {

        static final int WORKERS = 3;

        private SupervisorMain() {}

        static LedgerConfig config(Path directory, String variant) {
            return LedgerConfig.in(directory.resolve("ledger"))
                    .withAccounts(WORKERS, WORKERS)
                    .withWorkers(WORKERS)
                    // Longer than the test: it is for the supervisor to end, not for its workers.
                    .withDeadlineMillis(60_000)
                    .withVariant(variant);
        }

        public static void main(String[] args) throws Exception {
            Ledger ledger = new ProcessArchitecture().open(config(Path.of(args[0]), args[1]));
            assertEquals(
                    new Accepted(100_042), ledger.submit(new Deposit(1, 0, 42)).join());
            for (int shard = 0; shard < WORKERS; shard++) {
                Located located = assertInstanceOf(
                        Located.class, ledger.submit(new Locate(2, shard)).join());
                System.out.println(located.pid());
            }
            var _ = ledger.submit(new Sabotage(3, WORKERS - 1, StandardFault.BUSY_LOOP.faultName()));
            // Until the test ends: then this process does, too.
            System.in.readAllBytes();
            Runtime.getRuntime().halt(1);
        }
    }
}
