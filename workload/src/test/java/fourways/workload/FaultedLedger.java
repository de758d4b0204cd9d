package fourways.workload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The test's end of a ledger in another JVM: what is answered there is answered here. If that JVM dies, what it had in flight is never answered. */
final class FaultedLedger implements Ledger {

    /** Long enough for a few JVMs to start, or to be gone, on a machine that is busy with other things. */
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path log;
    private final Writer requests;
    private final Map<Long, CompletableFuture<Outcome>> inFlight = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Long> flooded = new CompletableFuture<>();
    private final Thread reader = Thread.ofPlatform().daemon().name("answers").unstarted(this::read);

    private FaultedLedger(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.requests = process.outputWriter(UTF_8);
    }

    /** Returns when the ledger is open. What the JVM logs goes to the file. */
    static FaultedLedger start(Architecture architecture, String variant, Path directory, Path log) throws Exception {
        List<String> command = new ArrayList<>(JavaCommand.running(FaultedLedgerMain.class));
        // It lives for seconds.
        command.addAll(1, List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of(architecture.getClass().getName(), variant, directory.toString()));
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        FaultedLedger ledger = new FaultedLedger(process, log);
        ledger.reader.start();
        try {
            ledger.ready.get(PATIENCE_SECONDS, SECONDS);
            return ledger;
        } catch (Exception e) {
            process.destroyForcibly();
            throw new AssertionError("no ledger: " + ledger.log(), e);
        }
    }

    private void read() {
        try (BufferedReader in = process.inputReader(UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String said = Lines.said(line);
                if (said != null) {
                    hear(said);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            ready.completeExceptionally(new AssertionError("it ended"));
        }
    }

    private void hear(String line) {
        if (line.equals(FaultedLedgerMain.READY)) {
            ready.complete(null);
        } else if (line.startsWith(FaultedLedgerMain.FLOODED)) {
            flooded.complete(Long.parseLong(line.substring(FaultedLedgerMain.FLOODED.length() + 1)));
        } else {
            Lines.Answer answer = Lines.answer(line);
            CompletableFuture<Outcome> request = inFlight.remove(answer.id());
            if (request == null) {
                throw new AssertionError("nobody waits for this: " + line);
            }
            request.complete(answer.outcome());
        }
    }

    @Override
    public CompletableFuture<Outcome> submit(Command command) {
        CompletableFuture<Outcome> request = new CompletableFuture<>();
        inFlight.put(command.id(), request);
        send(Lines.of(command));
        return request;
    }

    private synchronized void send(String line) {
        try {
            requests.write(line + "\n");
            requests.flush();
        } catch (IOException e) {
            if (process.isAlive() && !isEnding()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A pipe breaks a moment before its process is gone. */
    private boolean isEnding() {
        try {
            return process.waitFor(PATIENCE_SECONDS, SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void flood(int shard) {
        send(FaultedLedgerMain.FLOOD + " " + shard);
    }

    /** Ends the flood; returns how much of it was refused for want of a slot. */
    long calm() throws Exception {
        send(FaultedLedgerMain.CALM);
        return flooded.get(PATIENCE_SECONDS, SECONDS);
    }

    boolean isGone() {
        return !process.isAlive();
    }

    /** One of this ledger's own processes; no other is ever touched. */
    ProcessHandle process(long pid) {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .filter(handle -> handle.pid() == pid)
                .findFirst()
                .orElseThrow(() -> new AssertionError(pid + " is no process of this ledger"));
    }

    /** Whether that is the process of the JVM that opened the ledger. */
    boolean isMain(long pid) {
        return process.pid() == pid;
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /**
     * SIGKILL to the JVM that opened the ledger, as its operating system may at any time, and to nobody else: its workers, if it has any, must end by themselves.
     */
    @Override
    public void close() {
        List<ProcessHandle> workers = process.descendants().toList();
        try {
            process.destroyForcibly().waitFor();
            // What it said before is in the pipe still.
            reader.join();
            Awaitility.await()
                    .atMost(PATIENCE_SECONDS, SECONDS)
                    .pollInterval(10, MILLISECONDS)
                    .until(() -> workers.stream().noneMatch(ProcessState::isRunning));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            workers.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
