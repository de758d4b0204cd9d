package fourways.process;

import fourways.process.Succession.Loss;
import fourways.workload.LedgerOpenException;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The place of one worker among the others, and the thread that keeps it filled: it gets a process, has a {@link Conversation} with it until the connection ends, makes sure
 * that the process has ended too, and goes on with the next as its {@link Succession} says. All that supervises a worker happens in this order on this one thread, so the answers that a
 * worker gave are always heard before its loss.
 */
final class WorkerSeat {

    private static final System.Logger LOG = System.getLogger(WorkerSeat.class.getName());

    /** How long a killed process may take to be gone, which is up to the kernel. */
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(5);

    private final Frame.Start start;
    private final Policies policies;
    private final Succession succession;
    private final Router router;
    private final Clients clients;
    private final String name;
    private final Thread thread;

    /** Completed when the first worker serves, or exceptionally when it cannot. */
    private final CompletableFuture<Void> opened = new CompletableFuture<>();

    /** Completed when there is no worker, and none is to come. */
    private final CompletableFuture<Boolean> vacant = new CompletableFuture<>();

    private volatile @Nullable WorkerProcess process;

    /** The connection of a worker that serves; null while there is none. */
    private volatile @Nullable Connection serving;

    /** Whether the worker at hand has tried all its shards. Touched by this seat's thread only. */
    private boolean atWork;

    /** A place that is empty until {@link #open}. */
    WorkerSeat(Frame.Start start, Policies policies, Router router, Clients clients) {
        this.start = start;
        this.policies = policies;
        this.router = router;
        this.clients = clients;
        this.succession = new Succession(start.worker(), policies, clients);
        this.name = start.name();
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
        String why = name + " cannot be supervised";
        try (succession) {
            Loss loss;
            do {
                loss = live();
                why = loss.why();
            } while (opened.isDone() && succession.isReplaced(loss));
        } finally {
            if (!opened.completeExceptionally(new LedgerOpenException(why)) && !succession.isStopped()) {
                clients.abandoned(worker(), why);
            }
            vacant.complete(true);
        }
    }

    /** One worker, from its start to the end of its process: nobody is told to open its shards before. */
    private Loss live() {
        try (WorkerProcess recruit = succession.next()) {
            process = recruit;
            if (succession.isStopped()) {
                // stop() may have looked before there was a process.
                recruit.kill();
            }
            String why = converse(recruit);
            recruit.kill();
            return succession.lost(why, opened.isDone());
        } catch (IOException e) {
            return succession.lost(name + " " + e.getMessage(), opened.isDone());
        } finally {
            process = null;
        }
    }

    /** Returns why the worker is lost. */
    private String converse(WorkerProcess recruit) throws IOException {
        String why = name + " cannot be supervised";
        try (Conversation conversation = new Conversation(this, recruit, policies, start)) {
            why = conversation.hold();
            return conversation.lastWordsOr(why);
        } finally {
            atWork = false;
            if (serving != null) {
                serving = null;
                // A client takes its slot before it looks for the connection. So either it sees none now, or its slot
                // is seen by lost().
                VarHandle.fullFence();
                clients.lost(worker(), why);
            }
        }
    }

    /** Whether some worker has served here before: until then, whoever opens the ledger waits. */
    boolean hasOpened() {
        return opened.isDone();
    }

    /** The conversation has brought this. On the thread of this seat, as what follows. */
    void route(Frame frame) throws MalformedFrameException {
        router.route(this, frame);
    }

    /** The worker at hand has its first open shard. */
    void serves(Connection connection) {
        serving = connection;
    }

    /** The worker at hand has tried all its shards. */
    void ready(Frame.Ready frame) throws MalformedFrameException {
        succession.serves();
        route(frame);
        atWork = true;
        opened.complete(null);
    }

    /** Tells the worker to end, and does not wait for it. A worker that does not serve has nothing to bring to an end. */
    void stop() {
        succession.stop();
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
        if (isVacantWithin(Duration.ofNanos(deadlineNanos - System.nanoTime()))) {
            return;
        }
        WorkerProcess running = process;
        if (running != null) {
            running.kill();
        }
        if (!isVacantWithin(KILL_PATIENCE)) {
            LOG.log(System.Logger.Level.ERROR, name + " has been killed and is not gone after " + KILL_PATIENCE);
        }
    }

    private boolean isVacantWithin(Duration patience) {
        // Without heed to interrupts: it is bounded anyway, and no process may be left behind.
        return vacant.copy()
                .completeOnTimeout(false, patience.toNanos(), TimeUnit.NANOSECONDS)
                .join();
    }
}
