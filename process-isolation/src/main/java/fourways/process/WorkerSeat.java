package fourways.process;

import fourways.workload.LedgerOpenException;
import fourways.workload.RecoveryLog;
import fourways.workload.RecoveryLog.Step;
import fourways.workload.Restarts;
import fourways.workload.Restarts.Decision;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
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

        @Override
        public LongSupplier coreWait() {
            return CoreWait.from(process.pid());
        }
    }

    /** How a worker ended, and what is to be done about it; the process is 0 if there was none. */
    private record Loss(String why, Decision decision, long pid) {}

    private static final System.Logger LOG = System.getLogger(WorkerSeat.class.getName());

    private static final Decision AT_ONCE = new Decision.Restart(Duration.ZERO);

    /** How long a killed process may take to be gone, which is up to the kernel. */
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(5);

    private final Frame.Start start;
    private final Recruits recruits;
    private final Restarts restarts;
    private final Heartbeat heartbeat;
    private final Duration openPatience;
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

    /** Whether the worker at hand has tried all its shards. */
    private boolean atWork;

    /** Stands by to replace the worker at hand, which is dying. */
    private @Nullable WorkerProcess successor;

    /** The observation of the worker at hand, if it serves. */
    private Heartbeat.@Nullable Line line;

    /** A place that is empty until {@link #open}. */
    WorkerSeat(Frame.Start start, Policies policies, Router router, Clients clients) {
        this.start = start;
        this.recruits = policies.recruits();
        this.restarts = policies.restarts().get();
        this.heartbeat = policies.heartbeat();
        this.openPatience = policies.openPatience();
        this.router = router;
        this.clients = clients;
        this.name = "worker-" + start.worker();
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::supervise);
    }

    int worker() {
        return start.worker();
    }

    /** Whether the worker at hand has tried all its shards, once. For the thread of this seat, by way of its router. */
    boolean isAtWork() {
        return atWork;
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
        Loss loss = new Loss(name + " cannot be supervised", new Decision.GiveUp(Restarts.FOR_GOOD), 0);
        try {
            do {
                lastWords = null;
                loss = live();
            } while (opened.isDone() && !isClosing() && isReplaced(loss));
        } finally {
            if (successor != null) {
                successor.close();
            }
            if (!opened.completeExceptionally(new LedgerOpenException(loss.why())) && !isClosing()) {
                clients.abandoned(worker(), loss.why());
            }
        }
    }

    /** Returns when it is time for the next worker; false if there is to be none. */
    private boolean isReplaced(Loss loss) {
        RecoveryLog.worker(Step.KILLED, loss.pid(), "its process has ended");
        return switch (loss.decision()) {
            case Decision.Restart(Duration delay) -> {
                LOG.log(System.Logger.Level.WARNING, loss.why() + "; it is replaced");
                yield !isClosingWithin(delay);
            }
            case Decision.GiveUp giveUp
            when giveUp.isForGood() -> {
                LOG.log(System.Logger.Level.WARNING, loss.why() + "; it is not replaced");
                yield false;
            }
            case Decision.GiveUp(Duration pause) -> {
                String tooOften =
                        loss.why() + "; that was too often, the next one is tried in " + pause.toMillis() + " ms";
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

    /** One worker, from its start to the end of its process. */
    private Loss live() {
        try (WorkerProcess recruit = successor == null ? recruits.next() : successor) {
            successor = null;
            process = recruit;
            if (isClosing()) {
                // stop() may have looked before there was a process.
                recruit.kill();
            }
            String why = converse(recruit);
            recruit.kill();
            return lost(why);
        } catch (IOException e) {
            return lost(name + " " + e.getMessage());
        } finally {
            process = null;
        }
    }

    /** What stands by comes forward while the one before is still dying; it is told what to be when that is gone. */
    private Loss lost(String why) {
        WorkerProcess gone = process;
        Loss loss = new Loss(
                lastWords == null ? why : lastWords, restarts.failed(System.nanoTime()), gone == null ? 0 : gone.pid());
        if (opened.isDone() && !isClosing()) {
            if (loss.decision().equals(AT_ONCE)) {
                successor = recruits.standby();
            }
            RecoveryLog.worker(Step.DETECTED, loss.pid(), loss.why());
        }
        return loss;
    }

    private String converse(WorkerProcess recruit) throws IOException {
        SocketChannel channel = recruit.connection();
        String why = name + " cannot be supervised";
        try (Connection connection = new Connection(channel, name, Limits.unreadBytes(start.config()));
                OpeningWatch opening = OpeningWatch.start(connection, openPatience)) {
            Hand hand = new Hand(recruit, connection);
            connection.send(start);
            if (opened.isDone()) {
                RecoveryLog.worker(Step.REPLACEMENT_UP, recruit.pid(), "the process to be " + name);
            }
            why = connection.serve(frame -> handle(hand, opening, frame)).why();
        } finally {
            atWork = false;
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

    private void handle(Hand hand, OpeningWatch opening, Frame frame) throws MalformedFrameException {
        if (lastWords != null) {
            // It has given up, and its connection has been cut off; this was in the same batch.
            return;
        }
        switch (frame) {
            case Frame.Served _ -> {
                opening.news();
                serves(hand);
                router.route(this, frame);
            }
            case Frame.Suspended(int _, String reason, long _, boolean _) -> {
                opening.news();
                if (opened.isDone()) {
                    router.route(this, frame);
                } else {
                    // Whoever opens a ledger wants all of it.
                    giveUp(hand, reason);
                }
            }
            case Frame.Ready _ -> {
                opening.close();
                serves(hand);
                restarts.serves(System.nanoTime());
                router.route(this, frame);
                atWork = true;
                if (!opened.complete(null)) {
                    RecoveryLog.worker(Step.REPLAYED, hand.process().pid(), "all shards of " + name);
                }
            }
            case Frame.Failed(String message) -> giveUp(hand, message);
            case Frame.Beat beat when line != null -> line.heard(beat);
            case Frame.Progress _ when line != null -> line.progressed();
            case Frame.Submit _,
                    Frame.Answer _,
                    Frame.Credit _,
                    Frame.Credited _,
                    Frame.Resend _,
                    Frame.Start _,
                    Frame.Beat _,
                    Frame.Progress _,
                    Frame.Rehearse _ -> router.route(this, frame);
        }
    }

    /** From the first open shard on; before that there is nothing that it could be asked for. */
    private void serves(Hand hand) {
        if (serving == null) {
            line = heartbeat.observe(hand);
            serving = hand.connection();
        }
    }

    private void giveUp(Hand hand, String message) {
        lastWords = message;
        hand.connection().cutOff("gave up: " + message);
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
