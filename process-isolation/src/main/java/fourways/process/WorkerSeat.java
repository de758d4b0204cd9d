package fourways.process;

import fourways.workload.LedgerOpenException;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The place of one worker among the others, and the thread that keeps it filled: it starts a process, reads what that sends until the connection ends, makes sure
 * that the process has ended too, and starts the next. All that supervises a worker happens in this order on this one thread, so the answers that a worker
 * gave are always heard before its loss.
 */
final class WorkerSeat {

    /** Receives what workers send, on the thread of their seat. */
    @FunctionalInterface
    interface Router {
        void route(WorkerSeat from, Frame frame) throws MalformedFrameException;
    }

    private static final System.Logger LOG = System.getLogger(WorkerSeat.class.getName());

    /** How long opening the shards may take: many times what replaying journals of any size takes. */
    private static final long OPEN_SECONDS = 60;

    /** How long a killed process may take to be gone, which is up to the kernel. */
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(5);

    private final Class<?> main;
    private final Frame.Start start;
    private final RestartLimit restarts;
    private final Router router;
    private final Clients clients;
    private final String name;
    private final Thread thread;

    /** Completed when the first worker serves, or exceptionally when it cannot. */
    private final CompletableFuture<Void> opened = new CompletableFuture<>();

    private volatile boolean closing;
    private volatile @Nullable WorkerProcess process;

    /** The connection of a worker that serves; null while there is none. */
    private volatile @Nullable Connection serving;

    /** When the worker at hand began to serve. Touched by this seat's thread only, as all below. */
    private long servingSinceNanos;

    /** How long the last worker served. */
    private Duration served = Duration.ZERO;

    /** What the worker at hand says of its own end. */
    private @Nullable String lastWords;

    /** A place that is empty until {@link #open}. */
    WorkerSeat(Class<?> main, Frame.Start start, RestartLimit restarts, Router router, Clients clients) {
        this.main = main;
        this.start = start;
        this.restarts = restarts;
        this.router = router;
        this.clients = clients;
        this.name = "worker-" + start.worker();
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::supervise);
    }

    int worker() {
        return start.worker();
    }

    /** Begins to start the worker. */
    void open() {
        thread.start();
    }

    /** Returns when the worker serves; throws what keeps it from that. */
    void awaitOpen() {
        try {
            opened.join();
        } catch (CompletionException e) {
            throw new LedgerOpenException(String.valueOf(opened.exceptionNow().getMessage()), e);
        }
    }

    /** Sends the worker a frame; false if there is none that serves. */
    boolean send(Frame frame) {
        Connection connection = serving;
        if (connection == null) {
            return false;
        }
        connection.send(frame);
        return true;
    }

    private void supervise() {
        String why = name + " cannot be supervised";
        try {
            boolean another = true;
            while (another && !closing) {
                served = Duration.ZERO;
                lastWords = null;
                why = live();
                another = opened.isDone() && restarts.allowsAnotherAfter(served);
                if (opened.isDone() && !closing) {
                    LOG.log(System.Logger.Level.WARNING, why + (another ? "; it is replaced" : "; it is not replaced"));
                }
            }
        } finally {
            if (!opened.completeExceptionally(new LedgerOpenException(why)) && !closing) {
                clients.abandoned(worker(), why);
            }
        }
    }

    /** One worker, from its start to the end of its process; returns why it ended. */
    private String live() {
        String why;
        try (WorkerProcess started = WorkerProcess.launch(main, start.config())) {
            process = started;
            if (closing) {
                // stop() may have looked before there was a process.
                started.kill();
            }
            why = converse(started.connection());
        } catch (IOException e) {
            why = name + " " + e.getMessage();
        } finally {
            process = null;
        }
        return lastWords == null ? why : lastWords;
    }

    private String converse(SocketChannel channel) {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        String why = name + " cannot be supervised";
        try (Connection connection = new Connection(channel, name, Limits.unreadBytes(start.config()))) {
            connection.send(start);
            var _ = ready.orTimeout(OPEN_SECONDS, TimeUnit.SECONDS).exceptionally(late -> {
                connection.cutOff("has not opened its shards within " + OPEN_SECONDS + " s");
                return null;
            });
            why = connection.serve(frame -> handle(connection, ready, frame)).why();
        } finally {
            ready.complete(null);
            if (serving != null) {
                serving = null;
                served = Duration.ofNanos(System.nanoTime() - servingSinceNanos);
                // A client takes its slot before it looks for the connection. So either it sees none now, or its slot
                // is seen by lost().
                VarHandle.fullFence();
                clients.lost(worker(), why);
            }
        }
        return why;
    }

    private void handle(Connection connection, CompletableFuture<Void> ready, Frame frame)
            throws MalformedFrameException {
        switch (frame) {
            case Frame.Ready _ -> {
                ready.complete(null);
                servingSinceNanos = System.nanoTime();
                serving = connection;
                router.route(this, frame);
                opened.complete(null);
            }
            case Frame.Failed(String message) -> lastWords = message;
            case Frame.Submit _, Frame.Answer _, Frame.Credit _, Frame.Credited _, Frame.Resend _, Frame.Start _ ->
                router.route(this, frame);
        }
    }

    /** Tells the worker to end, and does not wait for it. A worker that does not serve has nothing to bring to an end. */
    void stop() {
        closing = true;
        Connection connection = serving;
        WorkerProcess running = process;
        if (connection != null) {
            connection.finish();
        } else if (running != null) {
            running.kill();
        }
    }

    /** Waits until the stopped worker has ended, and kills it at the deadline. */
    void awaitStop(long deadlineNanos) {
        if (!ended(Duration.ofNanos(deadlineNanos - System.nanoTime()))) {
            WorkerProcess running = process;
            if (running != null) {
                running.kill();
            }
            if (!ended(KILL_PATIENCE)) {
                LOG.log(System.Logger.Level.ERROR, name + " has been killed and is not gone after " + KILL_PATIENCE);
            }
        }
    }

    private boolean ended(Duration patience) {
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return thread.join(Duration.ofNanos(deadlineNanos - System.nanoTime()));
                } catch (InterruptedException e) {
                    // Bounded anyway, and no process may be left behind.
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
