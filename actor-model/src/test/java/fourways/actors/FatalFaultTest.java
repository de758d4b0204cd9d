package fourways.actors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults that a JVM does not get over, each in a JVM of its own. */
final class FatalFaultTest {

    /** Ten times what it takes to open a ledger, give up on a stuck actor, and end. */
    private static final long PATIENCE_SECONDS = 60;

    private static final int FATAL_STATUS = 255;

    @TempDir
    Path temporary;

    @Test
    void aFatalErrorEndsTheJvmWhateverTheSupervisorSays() throws Exception {
        Ended ended = run(SabotagedLedgerMain.class, "stack-overflow");

        assertEquals(FATAL_STATUS, ended.status(), ended::output);
        assertTrue(ended.output().contains("jvm-exit-on-fatal-error"), ended::output);
    }

    @Test
    void aStackOverflowCostsTheHardenedVariantAShardForAMoment() throws Exception {
        Ended ended = run(
                SurvivingLedgerMain.class,
                "stack-overflow",
                temporary.resolve("ledger").toString());

        assertEquals(0, ended.status(), ended::output);
        assertTrue(ended.output().contains("Indeterminate, then 100001 cents"), ended::output);
    }

    @Test
    void closeIsBoundedWhileAnActorSpinsAndItsThreadKeepsNoJvmAlive() throws Exception {
        Ended ended = run(SabotagedLedgerMain.class, "busy-loop");

        assertEquals(0, ended.status(), ended::output);
        assertTrue(ended.output().contains("Indeterminate"), ended::output);
    }

    private record Ended(int status, String output) {}

    private Ended run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        File output = temporary.resolve("output").toFile();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        try {
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> "still running: " + command);
            return new Ended(process.exitValue(), Files.readString(output.toPath()));
        } finally {
            process.destroyForcibly();
        }
    }
}
