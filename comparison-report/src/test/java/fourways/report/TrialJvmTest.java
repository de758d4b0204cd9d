package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With shells in the place of JVMs: what is tested is how a process is watched and ended, not what runs in it. */
final class TrialJvmTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void answersAreReadToTheEnd() throws Exception {
        try (TrialJvm jvm = start("echo a=1; echo b=2")) {
            assertEquals(List.of("a=1", "b=2"), jvm.awaitOutput(LONG));
        }
    }

    @Test
    void failureNamesTheStatusAndTheLastWords() throws Exception {
        try (TrialJvm jvm = start("echo a=1; echo 'no such thing' >&2; echo '\tat Some.where' >&2; exit 3")) {
            String message = assertThrows(TrialFailedException.class, () -> jvm.awaitOutput(LONG))
                    .getMessage();

            assertEquals(
                    "the trial's JVM ended with status 3 before it had answered; its log is " + directory.resolve("log")
                            + " and ends with: no such thing",
                    message);
        }
    }

    @Test
    void readinessIsWaitedFor() throws Exception {
        try (TrialJvm jvm = start("echo " + TrialHost.READY + "; exec sleep 100")) {
            jvm.awaitReady(LONG);

            assertTrue(jvm.isAlive());
        }
    }

    @Test
    void answerToAQuestionIsNotPartOfTheOutput() throws Exception {
        try (TrialJvm jvm = start("read a; echo \"$a 1\"; read b; echo \"$b 2\"; read c; echo the rest")) {
            assertEquals("turn 1", jvm.ask("turn", LONG));
            assertEquals("turn 2", jvm.ask("turn", LONG));
            jvm.tell("close");
            assertEquals(List.of("the rest"), jvm.awaitOutput(LONG));
        }
    }

    @Test
    void whoEndsInsteadOfAnsweringIsAFailureAtOnce() throws Exception {
        try (TrialJvm jvm = start("read a; exit 3")) {
            String message = String.valueOf(assertThrows(TrialFailedException.class, () -> jvm.ask("turn", LONG))
                    .getMessage());

            assertTrue(message.startsWith("the trial's JVM ended with status 3 before it had answered"), message);
        }
    }

    @Test
    void whoDoesNotAnswerIsAFailureAfterThePatience() throws Exception {
        try (TrialJvm jvm = start("exec sleep 100")) {
            assertThrows(TrialFailedException.class, () -> jvm.ask("turn", Duration.ofMillis(50)));
        }
    }

    @Test
    void endBeforeReadinessIsAFailure() throws Exception {
        try (TrialJvm jvm = start("exit 0")) {
            assertThrows(TrialFailedException.class, () -> jvm.awaitReady(LONG));
        }
    }

    @Test
    void hangIsAFailureAfterThePatience() throws Exception {
        try (TrialJvm jvm = start("exec sleep 100")) {
            assertThrows(TrialFailedException.class, () -> jvm.awaitReady(Duration.ofMillis(50)));
            assertThrows(TrialFailedException.class, () -> jvm.awaitOutput(Duration.ofMillis(50)));
        }
    }

    @Test
    void closingEndsTheWholeTree() throws Exception {
        TrialJvm jvm = start("sleep 100 & sleep 100 & wait");
        List<ProcessHandle> family = family(jvm, 3);

        jvm.close();

        assertTrue(family.stream().noneMatch(ProcessTree::isAlive));
    }

    /** The kernel gives the children of a dead process to somebody else, so they must have been seen before. */
    @Test
    void childrenThatOutliveTheirParentAreEndedToo() throws Exception {
        TrialJvm jvm = start("sleep 100 & sleep 100 & wait");
        List<ProcessHandle> family = family(jvm, 3);
        family.getFirst().destroyForcibly();
        Awaitility.await("the parent's end").atMost(LONG).until(() -> !jvm.isAlive());
        assertEquals(2, jvm.tree().alive().size());

        jvm.close();

        assertTrue(family.stream().noneMatch(ProcessTree::isAlive));
    }

    @Test
    void gracefulEndIsAskedForOnTheStandardInput() throws Exception {
        try (TrialJvm jvm = start("read line; test \"$line\" = close")) {
            assertTrue(jvm.endGracefully(LONG));
            assertEquals(0, jvm.exit().join());
        }
    }

    @Test
    void whoIgnoresTheRequestToEndIsReported() throws Exception {
        try (TrialJvm jvm = start("exec sleep 100")) {
            assertFalse(jvm.endGracefully(Duration.ofMillis(50)));
        }
    }

    @Test
    void logIsBoundedButNothingBlocksBehindIt() throws Exception {
        try (TrialJvm jvm = start("head -c 3000000 /dev/zero | tr '\\0' x >&2; echo done=1")) {
            assertEquals(List.of("done=1"), jvm.awaitOutput(LONG));
        }
        assertTrue(Files.size(directory.resolve("log")) < 1_100_000);
        assertTrue(Files.readString(directory.resolve("log")).endsWith("[cut here: the trial printed more]\n"));
    }

    private TrialJvm start(String script) throws IOException {
        return TrialJvm.start(List.of("sh", "-c", script), directory.resolve("log"));
    }

    private static List<ProcessHandle> family(TrialJvm jvm, int size) {
        return Awaitility.await("the family")
                .atMost(LONG)
                .until(() -> jvm.tree().alive(), alive -> alive.size() == size);
    }
}
