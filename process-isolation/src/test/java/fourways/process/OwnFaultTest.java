package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.Locate;
import fourways.workload.Command.Sabotage;
import fourways.workload.JavaCommand;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Located;
import fourways.workload.OwnFaultJar;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ownfault.ThreadLeak;

/** A fault in a jar on the class path of the ledger strikes in a worker, and what the worker says of it is said where the ledger's JVM speaks. */
class OwnFaultTest {

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"plain", "hardened"})
    void faultOfTheClassPathStrikesInAWorker(String variant) throws Exception {
        Path log = temporary.resolve("log");
        List<String> command =
                new ArrayList<>(JavaCommand.running(LedgerMain.class, OwnFaultJar.in(temporary, ThreadLeak.class)));
        command.addAll(List.of(temporary.resolve("ledger").toString(), variant));
        Process ledger = new ProcessBuilder(command).redirectError(log.toFile()).start();
        try (BufferedReader output = ledger.inputReader()) {
            String worker = output.readLine();
            String struck = output.readLine();

            assertEquals(new Accepted(0).toString(), struck, () -> read(log));
            assertNotEquals(Long.toString(ledger.pid()), worker);
            assertEquals(ThreadLeak.THREADS, leakedThreads(worker));
            assertTrue(
                    read(log)
                            .lines()
                            .anyMatch(line -> line.matches(
                                    "FIRED thread-leak pid=" + worker + " tid=[0-9]+ shard=0 left 100 threads behind")),
                    () -> read(log));
        } finally {
            ledger.destroyForcibly().waitFor();
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** As the kernel counts them. */
    private static long leakedThreads(String pid) throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", pid, "task"))) {
            return tasks.filter(task -> read(task.resolve("comm")).startsWith("leaked-"))
                    .count();
        }
    }

    /** Says who runs shard 0, and what became of the fault. */
    static final class LedgerMain {

        private LedgerMain() {}

        public static void main(String[] args) throws Exception {
            Ledger ledger = new ProcessArchitecture()
                    .open(LedgerConfig.in(Path.of(args[0]))
                            .withAccounts(8, 2)
                            .withWorkers(2)
                            .withDeadlineMillis(60_000)
                            .withVariant(args[1]));
            Located located = assertInstanceOf(
                    Located.class, ledger.submit(new Locate(1, 0)).join());
            System.out.println(located.pid());
            System.out.println(ledger.submit(new Sabotage(2, 0, "thread-leak")).join());
            // Until the test ends: then this process does, too.
            System.in.readAllBytes();
            Runtime.getRuntime().halt(1);
        }
    }
}
