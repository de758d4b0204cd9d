package fourways.process;

import fourways.workload.LedgerOpenException;
import fourways.workload.RestartBackoff.Decision;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
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

    /** The worker at hand. */
    private record Hand(WorkerProcess process, Connection connection) implements Heartbeat.Patient {

        @Override
        public void send(Frame.Beat beat) {
            connection.send(beat);
        }

        @Override
        public void hangs(String why) {
            connection.cutOff(why);
            process.kill();
        }
    }

    private static final System.Logger LOG = System.getLogger(WorkerSeat.class.getName());

    /** How long opening the shards may take: many times what replaying journals of any size takes. */
    private static final long OPEN_SECONDS = 60;

    /** How long a killed process may take to be gone, which is up to the kernel. */
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(5);

    private final Frame.Start start;
    private final Recruits recruits;
    private final Restarts restarts;
    private final Heartbeat heartbeat;
    private final Router router;
    private final Clients clients;
    private final String name;
    private final Thread thread;

    /** Completed when the first worker serves, or exceptionally when it cannot. */
    private final CompletableFuture<Void> opened = new CompletableFuture<>();

    /** Down when the ledger is being closed. */
    private final CountDownLatch closing = new CountDownLatch(1);

    private volatile @Nullable WorkerProcess process;

    /** The connection of a worker that serves; null while there is none. */
    private volatile @Nullable Connection serving;

    /** What the worker at hand says of its own end. Touched by this seat's thread only, as all below. */
    private @Nullable String lastWords;

    /** The observation of the worker at hand, if it serves. */
    private Heartbeat.@Nullable Line line;

    /** A place that is empty until {@link #open}. */
    WorkerSeat(Frame.Start start, Policies policies, Router router, Clients clients) {
        this.start = start;
        this.recruits = policies.recruits();
        this.restarts = policies.restarts().get();
        this.heartbeat = policies.heartbeat();
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
            do {
                lastWords = null;
                why = live();
            } while (opened.isDone() && !isClosing() && isReplaced(why));
        } finally {
            if (!opened.completeExceptionally(new LedgerOpenException(why)) && !isClosing()) {
                clients.abandoned(worker(), why);
            }
        }
    }

    /** Returns when it is time for the next worker; false if there is to be none. */
    private boolean isReplaced(String why) {
        return switch (restarts.failed(System.nanoTime())) {
            case Decision.Restart(Duration delay) -> {
                LOG.log(System.Logger.Level.WARNING, why + "; it is replaced");
                yield !isClosingWithin(delay);
            }
            case Decision.GiveUp(Duration pause)
            when pause.equals(Restarts.FOR_GOOD) -> {
                LOG.log(System.Logger.Level.WARNING, why + "; it is not replaced");
                yield false;
            }
            case Decision.GiveUp(Duration pause) -> {
                String tooOften = why + "; that was too often, the next one is tried in " + pause.toMillis() + " ms";
                LOG.log(System.Logger.Level.WARNING, tooOften);
                clients.abandoned(worker(), tooOften);
                yield !isClosingWithin(pause);
            }
        };
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private boolean isClosingWithin(Duration delay) {
        try {
            return closing.await(delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // Nobody interrupts a seat; if somebody does, its shards are still to be served, if only too early.
            return isClosing();
        }
    }

    /** One worker, from its start to the end of its process; returns why it ended. */
    private String live() {
        String why;
        try (WorkerProcess recruit = recruits.next()) {
            process = recruit;
            if (isClosing()) {
                // stop() may have looked before there was a process.
                recruit.kill();
            }
            why = converse(recruit);
        } catch (IOException e) {
            why = name + " " + e.getMessage();
        } finally {
            process = null;
        }
        return lastWords == null ? why : lastWords;
    }

    private String converse(WorkerProcess recruit) throws IOException {
        SocketChannel channel = recruit.connection();
        CompletableFuture<Void> ready = new CompletableFuture<>();
        String why = name + " cannot be supervised";
        try (Connection connection = new Connection(channel, name, Limits.unreadBytes(start.config()))) {
            Hand hand = new Hand(recruit, connection);
            connection.send(start);
            var _ = ready.orTimeout(OPEN_SECONDS, TimeUnit.SECONDS).exceptionally(late -> {
                connection.cutOff("has not opened its shards within " + OPEN_SECONDS + " s");
                return null;
            });
            why = connection.serve(frame -> handle(hand, ready, frame)).why();
        } finally {
            ready.complete(null);
            if (line != null) {
                line.close();
                line = null;
            }
            if (serving != null) {
                serving = null;
                // A client takes its slot before it looks for the connection. So either it sees none now, or its slot
                // is seen by lost().
                VarHandle.fullFence();
                clients.lost(worker(), why);
            }
        }
        return why;
    }

    private void handle(Hand hand, CompletableFuture<Void> ready, Frame frame) throws MalformedFrameException {
        switch (frame) {
            case Frame.Ready _ -> {
                ready.complete(null);
                restarts.serves(System.nanoTime());
                line = heartbeat.observe(hand);
                serving = hand.connection();
                router.route(this, frame);
                opened.complete(null);
            }
            case Frame.Failed(String message) -> lastWords = message;
            case Frame.Beat beat when line != null -> line.heard(beat);
            case Frame.Submit _,
                    Frame.Answer _,
                    Frame.Credit _,
                    Frame.Credited _,
                    Frame.Resend _,
                    Frame.Start _,
                    Frame.Beat _,
                    Frame.Rehearse _ -> router.route(this, frame);
        }
    }

    /** Tells the worker to end, and does not wait for it. A worker that does not serve has nothing to bring to an end. */
    void stop() {
        closing.countDown();
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
