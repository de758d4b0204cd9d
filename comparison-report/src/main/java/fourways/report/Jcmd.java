package fourways.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Asks another JVM about itself. To be asked it makes a socket among the system's temporary files, wherever else it is told to put its own, which stays there if it is killed.
 */
final class Jcmd {

    /** A heap of this size is collected in far less; a JVM that is stopped never answers. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Where HotSpot puts it. */
    private static final Path SOCKETS = Path.of("/tmp");

    private Jcmd() {}

    /** Removes that socket; who is asked again makes another. */
    static void forget(long pid) {
        try {
            Files.deleteIfExists(SOCKETS.resolve(".java_pid" + pid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The answer to one of jcmd's commands.
     *
     * @throws IOException if there is none: the process is gone, no JVM of this user, or hangs
     */
    static String ask(long pid, String... command) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        line.add(Long.toString(pid));
        line.addAll(List.of(command));
        Path answer = Files.createTempFile("fourways-jcmd-", ".txt");
        try {
            // Into a file: whoever reads a pipe would wait as long as the one who hangs.
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(answer.toFile())
                    .start();
            boolean ended;
            try {
                ended = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                ended = false;
            }
            if (!ended) {
                process.destroyForcibly();
            }
            String text = Files.readString(answer, StandardCharsets.UTF_8);
            if (!ended || process.exitValue() != 0) {
                throw new IOException("process " + pid + " does not answer jcmd " + String.join(" ", command) + ": "
                        + text.lines().findFirst().orElse("silence"));
            }
            return text;
        } finally {
            Files.delete(answer);
            forget(pid);
        }
    }
}
