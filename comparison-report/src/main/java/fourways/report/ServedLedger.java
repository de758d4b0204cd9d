package fourways.report;

import fourways.process.LedgerClient;
import fourways.workload.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A ledger in a JVM of its own, and whoever sees to it that the JVM runs: if it dies it is started again, on the same directory, as an init system would; but
 * only so many times, and each time this is done the trial says so. Thread-safe.
 */
final class ServedLedger implements AutoCloseable {

    private static final Duration OPEN_PATIENCE = Duration.ofSeconds(20);

    /** Who takes longer, hangs: all that was in flight had its time already. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(3);

    /** The attendant may be opening it at that moment, then there is the killing, and the opening. */
    private static final Duration OPERATOR_PATIENCE = OPEN_PATIENCE.multipliedBy(3);

    private final List<String> command;
    private final Path socket;
    private final Path log;
    private final int capacity;
    private final int maxRestarts;
    private final Listener listener;
    private final List<TrialJvm> jvms = new ArrayList<>();
    private final List<LedgerClient> clients = new ArrayList<>();
    private final ExecutorService attendant = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("trial-attendant").factory());

    /** The way to the newest JVM; null until its ledger is open. */
    private @Nullable Ledger serving;

    private boolean stopping;

    /** From then on whoever dies was killed on purpose, and nobody else starts it again. */
    private boolean inOperatorsHands;

    private int restarts;

    private @Nullable String restartFailure;

    /** Hears what happens to the JVM, on the attendant's thread if nothing else is said. */
    interface Listener {

        /** There is a JVM, the first or another, which does not serve yet. The first is told of on the thread that opens the ledger. */
        default void started(TrialJvm jvm) {}

        /** A line that the JVM, or a process of its, has logged; on the log's thread, which must not be held up. */
        default void said(String line) {}

        /** Nobody serves the ledger any more. */
        default void died(int exitStatus) {}

        /** It is about to be started again, once this returns; an exception keeps it from that, and becomes the {@link #restartFailure}. */
        default void restarting() throws IOException {}

        /** It is served again. */
        default void restarted(Ledger ledger) {}
    }

    ServedLedger(List<String> command, Path socket, Path log, int capacity, int maxRestarts, Listener listener) {
        this.command = command;
        this.socket = socket;
        this.log = log;
        this.capacity = capacity;
        this.maxRestarts = maxRestarts;
        this.listener = listener;
    }

    /** Starts the JVM and waits until the ledger is open. */
    Ledger open() throws IOException, InterruptedException {
        TrialJvm jvm;
        // Under the lock: who closes this finds every JVM that there is, and none is started afterwards.
        synchronized (this) {
            if (stopping) {
                throw new InterruptedException("the trial is ending");
            }
            jvm = TrialJvm.start(command, log, listener::said);
            jvms.add(jvm);
            serving = null;
        }
        listener.started(jvm);
        jvm.awaitReady(OPEN_PATIENCE);
        LedgerClient opened = LedgerClient.connect(socket, capacity);
        synchronized (this) {
            if (stopping) {
                opened.close();
                throw new InterruptedException("the trial is ending");
            }
            clients.add(opened);
            serving = opened;
        }
        var _ = jvm.exit().thenAcceptAsync(this::attend, attendant);
        return opened;
    }

    private void attend(int exitStatus) {
        synchronized (this) {
            if (stopping || inOperatorsHands) {
                return;
            }
        }
        listener.died(exitStatus);
        if (restarts() == maxRestarts) {
            return;
        }
        synchronized (this) {
            restarts++;
        }
        try {
            listener.restarting();
            listener.restarted(open());
        } catch (IOException | RuntimeException e) {
            synchronized (this) {
                restartFailure = "the JVM died and could not be started again: " + e;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The JVM that runs, or ran last. */
    synchronized TrialJvm jvm() {
        return jvms.getLast();
    }

    /** How often it was started again because its JVM had died. */
    synchronized int restarts() {
        return restarts;
    }

    /** Why the ledger could not be brought back; null if that was not tried, or went well. */
    synchronized @Nullable String restartFailure() {
        return restartFailure;
    }

    /** The way to the ledger, or null if nobody serves it. */
    synchronized @Nullable Ledger current() {
        return jvm().isAlive() ? serving : null;
    }

    /**
     * What an operator does, once, with a ledger that does not serve as it should: kills all of its processes, whatever state they are in, and starts it again, on the same directory. An
     * attendant who is doing that already is waited for.
     *
     * @throws TrialFailedException if it does not open any more
     */
    Ledger restartByOperator() throws IOException, InterruptedException {
        try {
            return attendant.submit(this::killAndOpen).get(OPERATOR_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new TrialFailedException("not killed and opened within " + OPERATOR_PATIENCE.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new TrialFailedException(String.valueOf(cause.getMessage()), e);
        }
    }

    private Ledger killAndOpen() throws IOException, InterruptedException {
        List<TrialJvm> allJvms;
        List<LedgerClient> allClients;
        synchronized (this) {
            inOperatorsHands = true;
            allJvms = List.copyOf(jvms);
            allClients = List.copyOf(clients);
        }
        allJvms.forEach(TrialJvm::close);
        allClients.forEach(LedgerClient::close);
        return open();
    }

    /** Has the ledger closed in good order if it still runs; false if that took too long. */
    boolean stop() throws InterruptedException {
        TrialJvm last;
        synchronized (this) {
            stopping = true;
            last = jvm();
        }
        return !last.isAlive() || last.endGracefully(CLOSE_PATIENCE);
    }

    /** Kills whatever is left, of all JVMs there were. */
    @Override
    public void close() {
        List<TrialJvm> allJvms;
        List<LedgerClient> allClients;
        synchronized (this) {
            stopping = true;
            allJvms = List.copyOf(jvms);
            allClients = List.copyOf(clients);
        }
        attendant.shutdownNow();
        allJvms.forEach(TrialJvm::close);
        // Afterwards: a client whose server is dead has nothing to wait for.
        allClients.forEach(LedgerClient::close);
    }
}
