package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Signals to processes, as {@code kill} sends them. */
final class Signals {

    private static final Duration SOON = Duration.ofSeconds(60);

    private Signals() {}

    /** Sends a signal, {@code KILL}, {@code STOP} or {@code CONT}; returns when the process has stopped, if that is what it does. */
    static void send(String signal, long pid) throws IOException, InterruptedException {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                        .start()
                        .waitFor());
        if (signal.equals("STOP")) {
            // Each thread stops when it next looks.
            Awaitility.await().atMost(SOON).until(() -> isStopped(pid));
        }
    }

    /** Whether a process does nothing any more: who inherited it may take its time until it asks how that ended, and it stays in the books until then. */
    static boolean hasEnded(ProcessHandle process) {
        if (!process.isAlive()) {
            return true;
        }
        try {
            return stateOf(Path.of("/proc", Long.toString(process.pid()))).equals("Z");
        } catch (UncheckedIOException e) {
            // It went while it was read.
            return !process.isAlive();
        }
    }

    private static boolean isStopped(long pid) throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return tasks.allMatch(task -> stateOf(task).equals("T"));
        }
    }

    /** In {@code /proc/pid/stat} the word after the name in parentheses. */
    private static String stateOf(Path task) {
        try {
            String stat = Files.readString(task.resolve("stat"));
            int afterName = stat.lastIndexOf(')') + 2;
            return stat.substring(afterName, afterName + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
