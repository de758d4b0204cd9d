package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/raw-data.md says is enough for a program in another language: the example does what it is to do. */
final class RawDataExampleTest {

    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path directory;

    @BeforeEach
    void pythonIsThere() {
        boolean found = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "python3")));
        Assumptions.assumeTrue(found, "skipped: there is no python3 on the PATH");
    }

    @Test
    void countsTheMoneyAndTheAvailabilityOfEachShard() throws Exception {
        Path folder = directory.resolve("001-x.raw");
        RawSample.write(directory.resolve("ledger"), folder, "healthy");

        assertEquals(0, run(folder), this::output);

        assertEquals(
                64,
                output().lines()
                        .filter(line -> line.matches("shard \\d+ availability 1.0000( \\(victim\\))?"))
                        .count(),
                this::output);
        assertTrue(output().contains("shard 3 availability 1.0000 (victim)"), this::output);
    }

    @Test
    void missesNoMoneyThatCameTwice() throws Exception {
        Path folder = directory.resolve("001-x.raw");
        RawSample.write(directory.resolve("ledger"), folder, "double-deposit");

        assertEquals(1, run(folder), this::output);

        assertTrue(output().contains("by what clients were told it is"), this::output);
    }

    private int run(Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "python3", Path.of("..", "docs", "raw-data-example.py").toString(), folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running: " + output());
        }
        return process.exitValue();
    }

    private String output() {
        try {
            return Files.readString(directory.resolve("output"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
