package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.forgetful.ForgetfulArchitecture;
import fourways.workload.Architecture;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the assembled program as its users do, in processes of its own. How fast the machine is decides nothing here: where it is too busy for the observer's
 * schedule, or for an answer within a second, a trial is INVALID and says so, which is right.
 */
final class CompareIT {

    @TempDir
    Path directory;

    private final CompareProcess compare = new CompareProcess();

    @AfterEach
    void nothingStaysBehind() {
        compare.close();
    }

    @Test
    void oneArchitectureFromTheCommandLineToTheResults() throws Exception {
        Path output = directory.resolve("run");

        int status = compare.run(
                directory,
                "--smoke",
                "--only",
                "shared-threads",
                "--faults",
                "exception,kill",
                "--output",
                output.toString());

        Results results = ResultsFile.read(output.resolve(ResultsFile.NAME));
        assertEquals(List.of("throughput", "control", "fault", "fault"), kinds(results));
        results.trials().forEach(CompareIT::assertValidOrMachineTooBusy);
        assertEquals(results.status() == Status.VALID ? 0 : 1, status, compare.output());
        assertEquals(1_024, results.parity().getFirst().heapMebibytes());
        assertEquals(List.of("Parallel"), results.parity().getFirst().collectors());
        assertTrue(Objects.requireNonNull(results.throughput().getFirst().requestsPerSecond())
                        .median()
                > 0);
        FaultCell kill = results.faults().getLast();
        assertEquals("kill", kill.fault());
        assertTrue(String.valueOf(kill.fired()).contains("exit status 137"), kill.fired());
        assertEquals(1, kill.restartsFromOutside());
        assertTrue(kill.checkedCommands() > 0);
        assertEquals(List.of(), kill.violations());
        assertTrue(Files.readString(output.resolve(Page.NAME)).contains("shared-threads"));
        assertTrue(compare.output().contains("The page is at " + output.resolve(Page.NAME)), compare.output());
        assertFalse(compare.output().contains("\u001b"), "a pipe gets no control characters");
        results.trials().forEach(trial -> assertTrue(Files.exists(output.resolve(String.valueOf(trial.file())))));
        assertFalse(Files.exists(output.resolve("ledgers")), "the journals of sound trials are deleted");
        assertEquals(List.of(), compare.survivors());
    }

    @Test
    void fifthJarGetsItsColumnAndAnArchitectureThatLosesWritesIsInvalid() throws Exception {
        Path output = directory.resolve("run");
        Path jar = jarOf(ForgetfulArchitecture.class);
        compare.addToClassPath(jar);

        int status = compare.run(
                directory, "--smoke", "--only", "forgetful", "--faults", "exception", "--output", output.toString());

        Results results = ResultsFile.read(output.resolve(ResultsFile.NAME));
        assertEquals(Main.INVALID, status, compare.output());
        ThroughputCell cell = results.throughput().getFirst();
        assertEquals(Status.INVALID, cell.status());
        assertTrue(String.valueOf(cell.reason()).startsWith("LOST "), cell.reason());
        assertEquals(null, cell.requestsPerSecond());
        FaultCell fault = results.faults().getFirst();
        assertEquals(Status.INVALID, fault.status());
        assertTrue(
                fault.violations().getFirst().startsWith("LOST "),
                fault.violations().toString());
        assertNotNull(fault.fired());
        assertTrue(Files.readString(output.resolve(Page.NAME)).contains("forgetful"));
        assertEquals(List.of(), compare.survivors());
    }

    @Test
    void hardenedLedgerLivesThroughASoak() throws Exception {
        Path output = directory.resolve("run");

        int status = compare.run(
                directory, "soak", "--minutes", "0.25", "--only", "shared-threads", "--output", output.toString());

        Results results = ResultsFile.read(output.resolve(ResultsFile.NAME));
        assertEquals(1, results.soaks().size(), compare.output());
        SoakCell cell = results.soaks().getFirst();
        SoakMeasurement soak = Objects.requireNonNull(cell.soak(), String.valueOf(cell.reason()));
        assertEquals(Contender.HARDENED, cell.variant());
        assertTrue(cell.status() == Status.VALID || soak.punctuality().complaint() != null, cell.reason());
        assertEquals(cell.status() == Status.VALID ? 0 : 1, status, compare.output());
        assertEquals(List.of(), soak.violations());
        assertTrue(soak.checkedCommands() > 0);
        assertTrue(compare.output().contains("shared-threads:hardened: 10 s, "), "a line every ten seconds");
        assertTrue(Files.readString(output.resolve(Page.NAME)).contains("id=\"soaks\""));
        assertFalse(Files.exists(output.resolve("ledgers")), "the journals of sound trials are deleted");
        assertEquals(List.of(), compare.survivors());
    }

    @Test
    void ledgerThatForgetsAndLedgerThatGrowsDoNotPassTheSoak() throws Exception {
        Path output = directory.resolve("run");
        compare.addToClassPath(jarOf(ForgetfulArchitecture.class));

        int status = compare.run(
                directory,
                "soak",
                "--minutes",
                "0.2",
                "--only",
                "forgetful:plain,forgetful:hardened",
                "--output",
                output.toString());

        Results results = ResultsFile.read(output.resolve(ResultsFile.NAME));
        assertEquals(Main.INVALID, status, compare.output());
        SoakCell forgets = results.soaks().getFirst();
        assertEquals(Status.INVALID, forgets.status());
        assertTrue(String.valueOf(forgets.reason()).startsWith("LOST "), forgets.reason());
        SoakCell leaks = results.soaks().getLast();
        assertEquals(Status.INVALID, leaks.status());
        assertTrue(String.valueOf(leaks.reason()).startsWith("grew: threads: "), leaks.reason());
        assertEquals(List.of(), Objects.requireNonNull(leaks.soak()).violations());
    }

    @Test
    void interruptEndsEveryProcessKeepsWhatThereIsAndTheRunGoesOnLater() throws Exception {
        Path output = directory.resolve("run");
        compare.start(
                directory,
                "--smoke",
                "--only",
                "process-isolation",
                "--faults",
                "kill,exception",
                "--output",
                output.toString());
        // The report itself, the trial's JVM, and its four workers; and something that is done.
        Awaitility.await("a trial with workers after the first one")
                .atMost(Duration.ofMinutes(1))
                .until(() -> !records(output).isEmpty() && compare.survivors().size() >= 6);
        refusesToGoOnWithWhatStillRuns(output);

        compare.interrupt();

        assertEquals(130, compare.awaitExit(Duration.ofMinutes(1)), compare.output());
        assertEquals(List.of(), compare.survivors());
        Results cut = ResultsFile.read(output.resolve(ResultsFile.NAME));
        assertTrue(cut.interrupted());
        assertEquals(Status.NOT_RUN, cut.trials().getLast().status());
        assertEquals("the run was interrupted", cut.trials().getLast().reason());
        assertTrue(Files.exists(output.resolve(Page.NAME)));
        assertEquals(
                cut.trials().stream().filter(trial -> trial.file() != null).count(),
                records(output).size());
        String toGoOn = "To go on where it was interrupted: ./compare --resume " + output + "\n";
        assertTrue(compare.output().endsWith(toGoOn), compare.output());

        goesOn(output, cut);
    }

    private void refusesToGoOnWithWhatStillRuns(Path output) throws Exception {
        try (CompareProcess second = new CompareProcess()) {
            int status = second.run(Files.createDirectory(directory.resolve("second")), "--resume", output.toString());

            assertEquals(Main.WRONG_USAGE, status, second.output());
            assertTrue(second.output().contains(" is still running, allowed is one that has ended"), second.output());
        }
    }

    /** What was done stays as it is, to the byte; what was not done is done. */
    private void goesOn(Path output, Results cut) throws Exception {
        Map<Path, String> before = records(output);

        int status = compare.run(directory, "--resume", output.toString());

        Results results = ResultsFile.read(output.resolve(ResultsFile.NAME));
        assertEquals(List.of("throughput", "control", "fault", "fault"), kinds(results));
        results.trials().forEach(CompareIT::assertValidOrMachineTooBusy);
        assertEquals(results.status() == Status.VALID ? 0 : 1, status, compare.output());
        assertFalse(results.interrupted());
        assertEquals(1, results.resumedAt().size());
        assertEquals(cut.startedAt(), results.startedAt());
        assertTrue(results.durationMillis() > cut.durationMillis());
        assertTrue(
                compare.output().contains(before.size() + " of 4 trials were made before and stay as they are"),
                compare.output());
        Map<Path, String> after = records(output);
        assertEquals(4, after.size());
        after.keySet().retainAll(before.keySet());
        assertEquals(before, after);
        assertEquals(List.of(), compare.survivors());
    }

    /** Their contents and when they were written. */
    private static Map<Path, String> records(Path output) throws IOException {
        Map<Path, String> records = new TreeMap<>();
        Path trials = output.resolve("trials");
        if (Files.exists(trials)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(trials, "*.json")) {
                for (Path record : found) {
                    records.put(record, Files.getLastModifiedTime(record) + "\n" + Files.readString(record));
                }
            }
        }
        return records;
    }

    @Test
    void oneFaultIsToldWhileItHappens() throws Exception {
        Path output = directory.resolve("run");

        int status = compare.run(
                directory, "fault", "kill", "--architecture", "process-isolation", "--output", output.toString());

        Results results = ResultsFile.read(output.resolve(ResultsFile.NAME));
        assertEquals(List.of("control", "fault"), kinds(results));
        results.trials().forEach(CompareIT::assertValidOrMachineTooBusy);
        assertEquals(results.status() == Status.VALID ? 0 : 1, status, compare.output());
        String told = compare.output();
        Pattern story = Pattern.compile("First the same time without a fault, .*\n"
                + "Now kill in process-isolation:plain; .*\n"
                + " +steady: shard 33, the victim, is served by thread \\d+ of process (\\d+), its neighbours by \\d+ threads of 4 processes\n"
                + " +\\+0\\.00 s  kill injected\n"
                + "(?s:.*)"
                + " +\\+\\d+\\.\\d\\d s  fired: process \\1, which ran shard 33, .*\n"
                + "(?s:.*)"
                + "What came of it:\n"
                + "(?s:.*)"
                + "  checker     [\\d,]+ commands checked: no acknowledged one is lost, .*\n");
        assertTrue(story.matcher(told).find(), told);
        assertTrue(
                Pattern.compile(" s  clients of the victim and of \\d+ of 63 neighbours ")
                        .matcher(told)
                        .find(),
                told);
        assertTrue(told.contains(" s  clients of the victim and of all 63 neighbours are served\n"), told);
        assertFalse(told.contains("\u001b"), "a pipe gets no control characters");
        assertEquals(List.of(), compare.survivors());
    }

    /** Nobody can do anything about SIGKILL, so whatever was started must notice by itself that it is alone. What serves a ledger has no other reason to end. */
    @Test
    void killedReportLeavesNoProcessBehind() throws Exception {
        Path output = directory.resolve("run");
        compare.start(directory, "--smoke", "--only", "process-isolation", "--output", output.toString());
        Awaitility.await("a trial that serves, with workers")
                .atMost(Duration.ofMinutes(1))
                .until(
                        () -> compare.survivors(),
                        alive -> alive.size() >= 6
                                && alive.stream().anyMatch(process -> process.contains(" " + Order.Mode.SERVE + " ")));

        compare.kill();

        Awaitility.await("the end of all")
                .atMost(Duration.ofMinutes(1))
                .until(() -> compare.survivors(), List::isEmpty);
    }

    private static List<String> kinds(Results results) {
        return results.trials().stream().map(Results.Trial::kind).toList();
    }

    static void assertValidOrMachineTooBusy(Results.Trial trial) {
        String reason = String.valueOf(trial.reason());
        assertTrue(
                trial.status() == Status.VALID
                        || reason.startsWith("observer late")
                        || reason.startsWith("not steady before the fault"),
                trial.toString());
    }

    /** Only what is of that package, and no manifest: the report must bring the rest. */
    private Path jarOf(Class<? extends Architecture> provider) throws IOException {
        Path jar = directory.resolve("fifth.jar");
        Path classes = Contenders.codeOf(provider);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> found =
                        Files.walk(classes.resolve(provider.getPackageName().replace('.', '/')))) {
            for (Path entry : found.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(entry).toString()));
                Files.copy(entry, out);
            }
            out.putNextEntry(new JarEntry("META-INF/services/" + Architecture.class.getName()));
            out.write(provider.getName().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return jar;
    }
}
