package fourways.process;

import fourways.workload.LedgerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Records the {@link StartCache} of the jars that this is run from; the build does so when they lie together. A worker is started as in earnest but for one option, practises like a spare, and
 * is let go: its JVM writes the file as the last that it does.
 */
final class StartRecording {

    /** Enough for the JVM to see what counts; after more, it would have workers that have just started compile what can wait. */
    private static final int ROUNDS = 20;

    private static final Duration ROUND_PATIENCE = Duration.ofSeconds(10);

    /** Many times what writing the file takes, which is for another JVM that this one starts. */
    private static final Duration WRITING_PATIENCE = Duration.ofMinutes(1);

    private StartRecording() {}

    /** Without arguments. Ends with a message, and in good order, if there is nothing recorded: workers then start as they always can. */
    public static void main(String[] args) throws InterruptedException {
        Path file = StartCache.file(WorkerCommand.jars(Worker.class));
        try (RunDirectory run = RunDirectory.create()) {
            record(file, run);
        } catch (IOException e) {
            System.err.println("workers will start without a cache: " + e.getMessage());
        }
    }

    private static void record(Path file, RunDirectory run) throws IOException, InterruptedException {
        // With it there, the worker would use it; and those of other jars nobody will use again.
        StartCache.removeBeside(file);
        LedgerConfig ledger = Rehearsal.config(run.make("rehearsal-").resolve("ledger"));
        Path log = run.make("log-").resolve("worker");
        try (WorkerProcess worker =
                WorkerProcess.startBy(run.make("worker-"), socket -> start(socket, ledger, file, log))) {
            SpareTalk talk = new SpareTalk(worker);
            for (int round = 0; round < ROUNDS; round++) {
                talk.rehearse(ledger, ROUND_PATIENCE);
            }
            Sockets.closeQuietly(worker.connection());
            if (!worker.isGoneWithin(WRITING_PATIENCE) || !Files.exists(file)) {
                throw new IOException("the JVM has not written it, but said:\n" + Files.readString(log));
            }
        }
    }

    private static Process start(Path socket, LedgerConfig ledger, Path file, Path log) throws IOException {
        List<String> command = new ArrayList<>(WorkerCommand.hardened(WorkerSettings.of(ledger), Worker.class, socket));
        command.add(command.indexOf("-cp"), "-XX:AOTCacheOutput=" + file);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }
}
