package fourways.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Brings what a trial's JVM prints to its standard error into the trial's log file, on a thread of its own. The file appears with its first byte. */
final class TrialLog {

    /** An architecture that logs every failed request must not fill the disk; the cause is at the beginning. */
    private static final long MAX_BYTES = 1 << 20;

    private static final int BUFFER_BYTES = 1 << 13;

    private final InputStream errors;
    private final Path file;
    private final LineSplitter lines;
    private final CompletableFuture<Void> complete = new CompletableFuture<>();

    private TrialLog(InputStream errors, Path file, Consumer<String> listener) {
        this.errors = errors;
        this.file = file;
        this.lines = new LineSplitter(listener);
    }

    /** @param listener hears every line as it comes, also what is too much for the file; on the log's thread, which it must not hold up */
    static TrialLog write(InputStream errors, Path file, Consumer<String> listener) {
        TrialLog log = new TrialLog(errors, file, listener);
        Thread.ofPlatform().daemon().name("trial-log").start(log::copy);
        return log;
    }

    private void copy() {
        byte[] buffer = new byte[BUFFER_BYTES];
        long written = 0;
        try (errors) {
            for (int read = errors.read(buffer); read >= 0; read = errors.read(buffer)) {
                lines.add(buffer, read);
                // What is too much is still read: a full pipe would stop the trial.
                if (written < MAX_BYTES) {
                    append(buffer, read);
                    written += read;
                    if (written >= MAX_BYTES) {
                        byte[] cut = "\n[cut here: the trial printed more]\n".getBytes(StandardCharsets.UTF_8);
                        append(cut, cut.length);
                    }
                }
            }
        } catch (IOException e) {
            System.err.println("compare: the log " + file + " is incomplete: " + e);
        } finally {
            complete.complete(null);
        }
    }

    private void append(byte[] bytes, int length) throws IOException {
        try (OutputStream log = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            log.write(bytes, 0, length);
        }
    }

    /** Waits until all that was printed is in the file, for after the end of the JVM; not for ever, since a child may still hold the pipe. */
    void await(Duration patience) {
        complete.copy()
                .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Where to look for a cause, in words, with the last line there, if there is one. */
    String describe() throws IOException {
        String last = lastLine();
        return last == null ? "it logged nothing" : "its log is " + file + " and ends with: " + last;
    }

    private @Nullable String lastLine() throws IOException {
        return Files.exists(file)
                ? Files.readString(file)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("at ") && !line.startsWith("... "))
                        .reduce((earlier, later) -> later)
                        .orElse(null)
                : null;
    }
}
