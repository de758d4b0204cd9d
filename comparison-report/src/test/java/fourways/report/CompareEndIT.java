package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ends the assembled program while a fault is at work: nothing may be left of it outside its folder, and the run goes on later. As in {@link CompareIT} time decides nothing. */
final class CompareEndIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String CONTROL = "trials/001-control-shared-threads-plain-no-fault";
    private static final String FAULT = "trials/002-fault-shared-threads-plain-exception";

    @TempDir
    Path directory;

    private final CompareProcess compare = new CompareProcess();

    @AfterEach
    void nothingStaysBehind() {
        compare.close();
    }

    /** A worker that is stopped; everything dead, and about to be started again; the same when it is there again. */
    @ParameterizedTest
    @CsvSource({
        "freeze,process-isolation,fired:,INT,130",
        "torn-journal,process-isolation,injected,INT,130",
        "torn-journal,shared-threads,fired:,TERM,143"
    })
    void signalInTheMiddleOfAFaultLeavesNothing(
            String fault, String architecture, String moment, String signal, int expectedStatus) throws Exception {
        Path output = directory.resolve("run");
        compare.start(directory, "fault", fault, "--architecture", architecture, "--output", output.toString());
        Set<Path> temporary = awaitFault(moment);

        compare.signal(signal);

        assertEquals(expectedStatus, compare.awaitExit(PATIENCE), compare.output());
        assertEquals(List.of(), compare.survivors());
        temporary.forEach(path -> assertFalse(Files.exists(path), path + " is left"));
        assertTrue(ResultsFile.read(output.resolve(ResultsFile.NAME)).interrupted());
        assertFalse(Files.exists(output.resolve("ledgers")), "the journals of a trial that was cut off are deleted");
        goesOn(output);
    }

    /** Not even a process that is stopped, which cannot notice that it is alone. */
    @Test
    void killedReportLeavesNothingThatTheNextRunDoesNotRemove() throws Exception {
        Path output = directory.resolve("run");
        compare.start(directory, "fault", "freeze", "--architecture", "shared-threads", "--output", output.toString());
        Set<Path> temporary = awaitFault("fired:");

        compare.kill();

        Awaitility.await("the end of all").atMost(PATIENCE).until(() -> compare.survivors(), List::isEmpty);
        assertTrue(temporary.stream().anyMatch(Files::exists), "who is killed cannot remove anything");
        goesOn(output);
        temporary.forEach(path -> assertFalse(Files.exists(path), path + " is left"));
    }

    @Test
    void whatIsNotWholeIsMadeAgainAndNothingElse() throws Exception {
        Path output = directory.resolve("run");
        assertNotEquals(
                Main.WRONG_USAGE,
                compare.run(
                        directory,
                        "fault",
                        "exception",
                        "--architecture",
                        "shared-threads",
                        "--output",
                        output.toString()));
        Path control = output.resolve(CONTROL + ".json");
        Path fault = output.resolve(FAULT + ".json");
        String whole = Files.readString(control);

        Files.writeString(control, whole.substring(0, whole.length() / 2));
        String kept = Files.readString(fault);
        goesOn(output);

        assertTrue(compare.output().contains(CONTROL + ".json is not whole: that trial is made again"));
        assertEquals(kept, Files.readString(fault));

        kept = Files.readString(control);
        Files.delete(output.resolve(FAULT + RawFolder.SUFFIX).resolve(RawTrial.NAME));
        Files.writeString(output.resolve(ResultsFile.NAME), "");
        goesOn(output);

        assertTrue(compare.output().contains(FAULT + RawFolder.SUFFIX + " is not whole: that trial is made again"));
        assertTrue(RawFolder.isOne(output.resolve(FAULT + RawFolder.SUFFIX)));
        assertEquals(kept, Files.readString(control));
    }

    /** Waits for a line of the story, and returns what its processes have had outside of the run's folder until then: at that moment all of them may be dead. */
    private Set<Path> awaitFault(String moment) {
        Set<Path> temporary = new TreeSet<>();
        Awaitility.await("the fault").atMost(PATIENCE).until(() -> {
            temporary.addAll(compare.temporary());
            return compare.output().lines().anyMatch(line -> line.contains(" s  ") && line.contains(moment));
        });
        assertTrue(temporary.stream().anyMatch(Files::isDirectory), "no directory for sockets in " + temporary);
        return temporary;
    }

    private void goesOn(Path output) throws Exception {
        int status = compare.run(directory, "--resume", output.toString());

        Results results = ResultsFile.read(output.resolve(ResultsFile.NAME));
        assertEquals(
                List.of("control", "fault"),
                results.trials().stream().map(Results.Trial::kind).toList());
        results.trials().forEach(CompareIT::assertValidOrMachineTooBusy);
        assertEquals(results.status() == Status.VALID ? 0 : 1, status, compare.output());
        assertFalse(results.interrupted());
        assertTrue(Files.readString(output.resolve(Page.NAME), StandardCharsets.UTF_8)
                .contains("id=\"faults\""));
        assertEquals(List.of(), compare.survivors());
    }
}
