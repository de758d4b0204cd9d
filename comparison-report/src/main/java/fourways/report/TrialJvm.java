package fourways.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The JVM of one trial, seen from the report's. Closing it kills it and all that it started, and waits until they are gone. Thread-safe but for the
 * closing.
 */
final class TrialJvm implements AutoCloseable {

    /** A trial answers with some thirty lines and one a violation; beyond this it is not our program that talks. */
    private static final int MAX_LINES = 10_000;

    private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);

    /** By when the last words of a JVM that ended are in its log. */
    private static final Duration LOG_PATIENCE = Duration.ofSeconds(1);

    private final Process process;
    private final ProcessTree tree;
    private final TrialLog log;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<List<String>> output = new CompletableFuture<>();

    /** What was asked last: done if there is nothing to be answered. */
    private volatile CompletableFuture<String> asked = CompletableFuture.completedFuture("");

    private TrialJvm(Process process, TrialLog log) {
        this.process = process;
        this.tree = new ProcessTree(process.toHandle());
        this.log = log;
    }

    /** @param logFile what it prints to its standard error is added there */
    static TrialJvm start(List<String> command, Path logFile) throws IOException {
        return start(command, logFile, line -> {});
    }

    /** @param listener hears each line of that as it comes; it must not block */
    static TrialJvm start(List<String> command, Path logFile, Consumer<String> listener) throws IOException {
        Process process = new ProcessBuilder(command).start();
        TrialJvm jvm = new TrialJvm(process, TrialLog.write(process.getErrorStream(), logFile, listener));
        Thread.ofPlatform().daemon().name("trial-output").start(jvm::readOutput);
        return jvm;
    }

    private void readOutput() {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null && lines.size() < MAX_LINES; line = reader.readLine()) {
                if (line.equals(TrialHost.READY)) {
                    ready.complete(null);
                } else if (!asked.complete(line)) {
                    lines.add(line);
                }
            }
            output.complete(lines);
        } catch (IOException e) {
            output.completeExceptionally(e);
        }
    }

    ProcessTree tree() {
        return tree;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Completed when the JVM has ended, with its exit status; 128 and the number of the signal if one ended it. */
    CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Waits for its end, and returns the exit status; null if it lives on. */
    @Nullable
    Integer exitWithin(Duration patience) throws InterruptedException {
        try {
            return exit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process cannot be waited for", e);
        }
    }

    /** Waits until the ledger inside serves. */
    void awaitReady(Duration patience) throws InterruptedException, IOException {
        try {
            CompletableFuture.anyOf(ready, process.onExit()).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new TrialFailedException(
                    "the ledger did not open within " + patience.toSeconds() + " s; " + log.describe());
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process cannot be waited for", e);
        }
        if (!ready.isDone()) {
            throw unexpectedEnd("before the ledger was open");
        }
    }

    /** Waits for the end of the JVM and returns all that it answered. */
    List<String> awaitOutput(Duration patience) throws InterruptedException, IOException {
        try {
            List<String> lines = output.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (exit().get(patience.toMillis(), TimeUnit.MILLISECONDS) != 0) {
                throw unexpectedEnd("before it had answered");
            }
            return lines;
        } catch (TimeoutException e) {
            throw new TrialFailedException(
                    "the trial's JVM was not done after " + patience.toSeconds() + " s; " + log.describe());
        } catch (ExecutionException e) {
            throw new IOException("the answers of the trial's JVM cannot be read", e.getCause());
        }
    }

    private TrialFailedException unexpectedEnd(String when) throws IOException, InterruptedException {
        int status = exit().join();
        GracefulEnd.awaitOwnSignal(status);
        log.await(LOG_PATIENCE);
        return new TrialFailedException(
                "the trial's JVM ended with status " + status + " " + when + "; " + log.describe());
    }

    /** Asks for one line, and waits for it. */
    String ask(String question, Duration patience) throws InterruptedException, IOException {
        CompletableFuture<String> answer = new CompletableFuture<>();
        asked = answer;
        tell(question);
        try {
            CompletableFuture.anyOf(answer, output).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new TrialFailedException("the trial's JVM was asked for '" + question
                    + "' and has not answered within " + patience.toSeconds() + " s; " + log.describe());
        } catch (ExecutionException e) {
            throw new IOException("the answers of the trial's JVM cannot be read", e.getCause());
        }
        if (!answer.isDone()) {
            throw unexpectedEnd("before it had answered");
        }
        return answer.join();
    }

    /** Gives it a line to read, and does not wait. */
    void tell(String line) throws IOException {
        // Not closed: the end of its input is the end of a trial's JVM.
        Writer input = process.outputWriter(StandardCharsets.UTF_8);
        input.write(line + "\n");
        input.flush();
    }

    /** Asks it to end in good order; false if it, or anything it started, still lives after the patience. */
    boolean endGracefully(Duration patience) throws InterruptedException {
        List<ProcessHandle> all = tree.alive();
        try (Writer input = process.outputWriter(StandardCharsets.UTF_8)) {
            input.write(HostLeash.CLOSE + "\n");
            input.flush();
            return ProcessTree.awaitEnd(all, patience);
        } catch (IOException e) {
            // Nobody reads any more: it has ended, or is about to.
            return ProcessTree.awaitEnd(all, patience);
        }
    }

    /** Ends this process alone, at once. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        tree.kill(KILL_PATIENCE);
        log.await(LOG_PATIENCE);
    }
}
