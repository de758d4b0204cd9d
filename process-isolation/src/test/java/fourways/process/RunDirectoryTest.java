package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class RunDirectoryTest {

    @Test
    void isForItsOwnerOnlyAndGoesWithAllThatIsInIt() throws IOException {
        RunDirectory run = RunDirectory.create();
        Path made = run.make("worker-");
        Files.writeString(made.resolve("something"), "left behind");

        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(run.path())));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
        run.close();

        assertFalse(Files.exists(run.path()));
    }

    @Test
    void theNextRunRemovesWhatADeadOneHasLeftAndNothingOfThoseThatLive() throws Exception {
        Process other = new ProcessBuilder(JavaCommand.running(RunMain.class))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = other.inputReader();
                RunDirectory own = RunDirectory.create()) {
            Path path = Path.of(output.readLine());

            RunDirectory.create().close();
            assertTrue(Files.isDirectory(path), "its process lives");
            assertTrue(Files.isDirectory(own.path()), "and so does this one");

            other.destroyForcibly().waitFor();
            assertTrue(Files.isDirectory(path));
            RunDirectory.create().close();
            assertFalse(Files.exists(path));
            assertTrue(Files.isDirectory(own.path()));
        } finally {
            other.destroyForcibly();
        }
    }

    /** Who looks at a lock of his own process loses it by closing the file. */
    @Test
    void aRunKeepsItsDirectoryAlthoughAnotherOfTheSameProcessHasLooked() throws Exception {
        try (RunDirectory own = RunDirectory.create()) {
            RunDirectory.create().close();

            Process other = new ProcessBuilder(JavaCommand.running(RunMain.class))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader output = other.inputReader()) {
                assertTrue(Files.isDirectory(Path.of(output.readLine())), "it has looked, too");
            } finally {
                other.destroyForcibly().waitFor();
            }

            assertTrue(Files.isDirectory(own.path()));
        }
        RunDirectory.create().close();
    }

    /** A run that does not come to its end. */
    static final class RunMain {

        private RunMain() {}

        public static void main(String[] args) throws IOException {
            RunDirectory run = RunDirectory.create();
            Files.writeString(run.make("worker-").resolve("something"), "left behind");
            System.out.println(run.path());
            System.in.readAllBytes();
            Runtime.getRuntime().halt(1);
        }
    }
}
