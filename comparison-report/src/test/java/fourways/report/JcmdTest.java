package fourways.report;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks a JVM, and kills it later, must not leave the socket by which it was asked. */
final class JcmdTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void whoWasAskedKeepsNoSocketAndCanBeAskedAgain() throws Exception {
        try (TrialJvm jvm = started()) {
            for (int i = 0; i < 2; i++) {
                assertTrue(Jcmd.ask(jvm.pid(), "VM.flags").contains("-XX:"));

                assertFalse(Files.exists(socketOf(jvm.pid())));
            }
        }
    }

    /** As if the one who asked had been killed before it could remove the socket. */
    @Test
    void whoIsKilledKeepsNoSocketEither() throws Exception {
        TrialJvm jvm = started();
        Process asking = new ProcessBuilder(java("jcmd"), Long.toString(jvm.pid()), "VM.flags")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(asking.waitFor() == 0 && Files.exists(socketOf(jvm.pid())));

        jvm.close();

        assertFalse(Files.exists(socketOf(jvm.pid())));
    }

    private TrialJvm started() throws IOException, InterruptedException {
        List<String> command =
                List.of(java("java"), "-cp", System.getProperty("java.class.path"), Idle.class.getName());
        TrialJvm jvm = TrialJvm.start(command, directory.resolve("log"));
        jvm.awaitReady(LONG);
        return jvm;
    }

    private static String java(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    private static Path socketOf(long pid) {
        return Path.of("/tmp", ".java_pid" + pid);
    }

    /** Lives until its input ends. */
    static final class Idle {

        private Idle() {}

        public static void main(String[] arguments) throws IOException {
            System.out.println(TrialHost.READY);
            System.in.readAllBytes();
        }
    }
}
