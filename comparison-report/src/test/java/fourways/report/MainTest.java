package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Wrong usage is answered with one sentence that says what is allowed, and with exit status 2; nothing is run. */
final class MainTest {

    @TempDir
    Path directory;

    private final List<Path> runsBefore = runs();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void unknownOptionIsToldWhatIsAllowed() {
        refused(
                "compare: '--fault' is not known here, allowed are --smoke, --only, --output, --seed, --faults, --list, --help, --version, floors, hardening, soak.",
                "--fault");
    }

    @Test
    void unknownArgumentOfASubcommandIsToldWhatIsAllowedThere() {
        refused(
                "compare: 'x' is not known here, allowed are --only, --output, --seed, --help, --version.",
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
                "compare: --faults names 'fire', allowed are exception, stack-overflow, busy-loop, blocking-call, exit, kill.",
                "--faults",
                "kill,fire");
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
                "compare: options of floors stand behind its name, allowed are --only, --output, --seed, --help and --version.",
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
    void helpNamesEveryOptionAndTheExitStatuses() {
        assertEquals(0, execute("--help"));

        for (String word : new String[] {
            "--smoke",
            "--only",
            "--faults",
            "--output",
            "--seed",
            "--list",
            "--version",
            "floors",
            "hardening",
            "soak",
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
