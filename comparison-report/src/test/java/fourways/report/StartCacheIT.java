package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.process.ProcessArchitecture;
import fourways.workload.Command.Locate;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome.Located;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache that the build records beside the jars: workers start from it, and without it where it is of no use. */
final class StartCacheIT {

    private static final Path APP = Path.of("target", "app").toAbsolutePath();
    private static final String CACHE = "worker-*.aot";

    @TempDir
    Path directory;

    @Test
    void hardenedWorkersOfTheApplicationStartFromIt() throws Exception {
        Worker worker = worker(APP, "hardened");

        assertTrue(worker.memory().contains(only(APP, CACHE).toString()), worker.memory());
        assertEquals("", worker.said());
    }

    @Test
    void plainWorkersDoNot() throws Exception {
        Worker worker = worker(APP, "plain");

        assertFalse(worker.memory().contains(".aot"), worker.memory());
    }

    @Test
    void workersServeWithoutAWordWhereItMakesNoSense() throws Exception {
        Path app = copyOfTheJars();
        Files.writeString(app.resolve(only(APP, CACHE).getFileName()), "no cache");

        Worker worker = worker(app, "hardened");

        assertTrue(worker.command().contains("-XX:AOTCache=" + app), worker.command());
        assertFalse(worker.memory().contains(".aot"), worker.memory());
        assertEquals("", worker.said());
    }

    private Path copyOfTheJars() throws IOException {
        Path app = Files.createDirectory(directory.resolve("app"));
        for (String jar : List.of("process-isolation-*.jar", "workload-*.jar")) {
            Path original = only(APP, jar);
            Files.copy(original, app.resolve(original.getFileName()));
        }
        return app;
    }

    private static Path only(Path folder, String pattern) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
            List<Path> files = new ArrayList<>();
            found.forEach(files::add);
            assertEquals(1, files.size(), () -> pattern + " in " + folder + ": " + files);
            return files.getFirst();
        }
    }

    /**
     * As the kernel sees it.
     *
     * @param memory what is mapped into it
     * @param said on standard error, by the ledger's JVM or the worker's
     */
    private record Worker(String command, String memory, String said) {}

    /** One that serves, of a ledger whose JVM has its classes from there. */
    private Worker worker(Path app, String variant) throws Exception {
        Path log = directory.resolve("log");
        Process ledger = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        only(app, "process-isolation-*.jar") + ":"
                                + Path.of("target", "test-classes").toAbsolutePath(),
                        LedgerMain.class.getName(),
                        directory.resolve("ledger").toString(),
                        variant)
                .redirectError(log.toFile())
                .start();
        try (BufferedReader output = ledger.inputReader()) {
            String pid = output.readLine();
            assertNotNull(pid, "the ledger has ended: " + Files.readString(log));
            return new Worker(
                    Files.readString(Path.of("/proc", pid, "cmdline")),
                    Files.readString(Path.of("/proc", pid, "maps")),
                    Files.readString(log));
        } finally {
            ledger.destroyForcibly().waitFor();
        }
    }

    /** Says who runs shard 0. */
    static final class LedgerMain {

        private LedgerMain() {}

        public static void main(String[] args) throws IOException {
            LedgerConfig config = LedgerConfig.in(Path.of(args[0]))
                    .withAccounts(8, 2)
                    .withWorkers(2)
                    .withVariant(args[1]);
            Ledger ledger = new ProcessArchitecture().open(config);
            if (ledger.submit(new Locate(1, 0)).join() instanceof Located located) {
                System.out.println(located.pid());
            }
            // Until the test ends: then this process does, too.
            System.in.readAllBytes();
            Runtime.getRuntime().halt(1);
        }
    }
}
