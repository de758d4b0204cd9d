package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Wrong usage is answered with one sentence that says what is allowed, and with exit status 2; nothing is run. */
final class MainTest {

    /** Whoever goes on with these all the same says something else, and runs nothing. */
    private static final List<String> WITHOUT_A_PLAN = List.of("--faults", "fire");

    @TempDir
    Path directory;

    private final List<Path> runsBefore = runs();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** In the list of commands there is room for the beginning of a description only. */
    @Test
    void descriptionOfEveryCommandBeginsWithAWholeSentence() {
        Main.commandLine().getSubcommands().forEach((name, command) -> {
            String first = command.getCommandSpec().usageMessage().description()[0];

            assertTrue(first.endsWith("."), name + ": " + first);
        });
    }

    @Test
    void unknownOptionIsToldWhatIsAllowed() {
        refused(
                "compare: '--fault' is not known here, allowed are --output, --seed, --smoke, --full, --resume, --only, --faults, --list, --help, --version, fault, floors, hardening, soak, check.",
                "--fault");
    }

    @Test
    void unknownArgumentOfASubcommandIsToldWhatIsAllowedThere() {
        refused(
                "compare: 'x' is not known here, allowed are --output, --seed, --only, --help, --version.",
                "floors",
                "x");
    }

    @Test
    void valueOfTheWrongTypeIsNamed() {
        refused("compare: --seed is 'many', allowed is one INTEGER.", "--seed", "many");
    }

    @Test
    void missingValueIsNamed() {
        refused("compare: --seed needs a value: INTEGER.", "--seed");
    }

    @Test
    void unknownArchitectureIsToldWhichThereAre() {
        refused("compare: --only names 'fibres', allowed are actor-model, actor-model:plain,", "--only", "fibres");
    }

    @Test
    void unknownVariantIsToldWhichThereAre() {
        refused("compare: --only names 'shared-threads:magic', allowed are ", "--only", "shared-threads:magic");
    }

    @Test
    void unknownFaultIsToldWhichThereAre() {
        refused(
                "compare: --faults names 'fire', allowed are exception, stack-overflow, heap-exhaustion, gc-pressure, busy-loop, blocking-call, pool-exhaustion, deadlock, descriptor-exhaustion, poisoned-class, poison-request, wild-write, native-crash, exit, kill, freeze, kill-supervisor, overload, torn-journal.",
                "--faults",
                "exception,fire");
    }

    @Test
    void folderThatHoldsSomethingIsNotWrittenInto() throws IOException {
        Files.writeString(directory.resolve("precious"), "");

        refused(
                "compare: --output is " + directory + ", which is not empty, allowed is a new or empty directory.",
                "--output",
                directory.toString());
    }

    @Test
    void fileIsNoFolder() throws IOException {
        Path file = Files.writeString(directory.resolve("precious"), "");

        refused(
                "compare: --output is " + file + ", which is a file, allowed is a new or empty directory.",
                "--output",
                file.toString());
    }

    @Test
    void optionBeforeASubcommandIsNotSilentlyIgnored() {
        refused(
                "compare: options of floors stand behind its name, allowed are --output, --seed, --only, --help and --version.",
                "--seed",
                "3",
                "floors");
    }

    @Test
    void nothingIsComparedWithItsPlainVariantThatHasNoHardenedOne() {
        refused(
                "compare: no architecture with both a variant hardened and a variant plain was found",
                "hardening",
                "--only",
                "shared-threads:virtual");
    }

    @Test
    void soakIsNeitherTooShortNorTooLong() {
        refused("compare: --minutes is 0.01, allowed are 0.1 to 120.0.", "soak", "--minutes", "0.01");
    }

    @Test
    void smokeAndFullAreNotTheSameRun() {
        refused("compare: --smoke and --full were both given, allowed is one of them.", "--smoke", "--full");
    }

    @Test
    void faultIsToBeNamed() {
        refused("compare: NAME is missing, allowed are exception, ", "fault");
    }

    @Test
    void unknownNameOfAFaultIsToldWhichThereAre() {
        refused("compare: NAME is 'fire', allowed are exception, ", "fault", "fire", "--architecture", "actor-model");
    }

    @Test
    void sufferersArchitectureIsToBeNamed() {
        refused(
                "compare: --architecture is missing, allowed are actor-model, broken, event-loop, process-isolation, shared-threads.",
                "fault",
                "kill");
    }

    @Test
    void unknownArchitectureOfASuffererIsToldWhichThereAre() {
        refused(
                "compare: --architecture is 'fibres', allowed are actor-model, broken, event-loop, process-isolation, shared-threads.",
                "fault",
                "kill",
                "--architecture",
                "fibres");
    }

    @Test
    void unknownVariantOfASuffererIsToldWhichThereAre() {
        refused(
                "compare: --variant is 'magic', allowed are plain, virtual, hardened.",
                "fault",
                "kill",
                "--architecture",
                "shared-threads",
                "--variant",
                "magic");
    }

    @Test
    void folderWithoutARunCannotGoOn() {
        refused(
                "compare: --resume is " + directory + ", which holds no run.json, allowed is a run's folder.",
                "--resume",
                directory.toString());
    }

    @Test
    void folderThatIsNotThereCannotGoOn() {
        Path nowhere = directory.resolve("nowhere");

        refused(
                "compare: --resume is " + nowhere + ", which is not there, allowed is a run's folder.",
                "--resume",
                nowhere.toString());
    }

    @Test
    void runGoesOnWithTheOptionsItHad() {
        refused(
                "compare: --resume stands alone, for the folder keeps the options of its run.",
                "--resume",
                directory.toString(),
                "--seed",
                "7");
    }

    @Test
    void runOfAnotherVersionDoesNotGoOn() throws IOException {
        manifest(new RunManifest(
                Results.SCHEMA_VERSION,
                "Four Ways 0.1",
                WITHOUT_A_PLAN,
                1,
                Instant.EPOCH,
                List.of(),
                MachineProbe.read()));

        refused(
                "compare: --resume is " + directory
                        + ", a run of Four Ways 0.1, allowed is one of this program, Four Ways ",
                "--resume",
                directory.toString());
    }

    @Test
    void runOfAnotherMachineDoesNotGoOn() throws IOException {
        Results.Machine here = MachineProbe.read();
        manifest(new RunManifest(
                Results.SCHEMA_VERSION,
                Version.inWords(),
                WITHOUT_A_PLAN,
                1,
                Instant.EPOCH,
                List.of(),
                new Results.Machine(here.cpus() + 1, here.model(), here.memoryMebibytes(), here.kernel(), here.jdk())));

        refused(
                "compare: --resume is " + directory + ", a run on " + (here.cpus() + 1) + " CPUs ",
                "--resume",
                directory.toString());
    }

    @Test
    void manifestThatIsNoneDoesNotGoOn() throws IOException {
        Files.writeString(directory.resolve(RunManifest.NAME), "nonsense");

        refused(
                "compare: --resume is " + directory + ", whose run.json cannot be read, allowed is ",
                "--resume",
                directory.toString());
    }

    @Test
    void recordOfAnotherRunIsNotTakenForOneOfThis() throws IOException {
        manifest(RunManifest.ofNow(List.of("--smoke", "--only", "shared-threads"), 1));
        Path record = directory.resolve("trials/001-throughput-shared-threads-plain-1024-in-flight.json");
        Files.createDirectories(directory.resolve("trials"));
        Results.Trial trial = SampleResults.sample().trials().getFirst();
        ResultsFile.write(record, new TrialRecord(Results.SCHEMA_VERSION, 2, trial, null, null, null, null));

        refused(
                "compare: " + record + " is the record of another run, allowed are those of this one.",
                "--resume",
                directory.toString());
    }

    private void manifest(RunManifest manifest) throws IOException {
        ResultsFile.write(directory.resolve(RunManifest.NAME), manifest);
    }

    @Test
    void helpNamesEveryOptionAndTheExitStatuses() {
        assertEquals(0, execute("--help"));

        for (String word : new String[] {
            "--smoke",
            "--full",
            "--resume",
            "--only",
            "--faults",
            "--output",
            "--seed",
            "--list",
            "--version",
            "fault",
            "floors",
            "hardening",
            "soak",
            "check",
            "130"
        }) {
            assertTrue(out.toString().contains(word), word);
        }
    }

    @Test
    void listNamesAllArchitecturesOnTheClassPathAndAllFaults() {
        assertEquals(0, execute("--list"));

        for (String word : new String[] {
            "actor-model:plain",
            "event-loop:plain",
            "process-isolation:plain",
            "shared-threads:plain",
            "shared-threads:virtual",
            "busy-loop",
            "kill"
        }) {
            assertTrue(out.toString().contains(word), word);
        }
    }

    /** Where results go by default, here; somebody may have used it before. */
    private static List<Path> runs() {
        Path runs = Path.of("runs");
        try (Stream<Path> found = Files.exists(runs) ? Files.list(runs) : Stream.empty()) {
            return found.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void refused(String sentence, String... arguments) {
        int status = execute(arguments);

        assertTrue(err.toString().startsWith(sentence), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertEquals(Main.WRONG_USAGE, status);
        assertEquals(runsBefore, runs(), "something was run");
    }

    private int execute(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
