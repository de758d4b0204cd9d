package fourways.process;

import fourways.workload.JournalDamagedException;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerOpenException;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The main class of a worker process: connects to its supervisor, is told what to be, and then has one thread that reads a batch of frames, deals with each, and
 * writes what came of it, until the connection ends.
 *
 * <p>A worker never outlives its supervisor. Its standard input is a pipe of which the supervisor holds the other end; when that process ends, however it does,
 * the pipe ends too, and a thread that does nothing but wait for that halts the process, whatever a handler is doing at the time.
 */
final class Worker implements FrameHandler, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Worker.class.getName());

    private static final int ORDERLY = 0;
    private static final int GAVE_UP = 1;
    private static final int ORPHANED = 2;

    private final SocketChannel channel;
    private final FrameReader reader;
    private FrameSink out;

    /** Null until the supervisor has said what this worker is to be. */
    private @Nullable WorkerJob job;

    /** Null as long as nothing has been practised. */
    private @Nullable Rehearsal rehearsal;

    /** For the thread that calls this. The channel is the caller's to close. */
    Worker(SocketChannel channel) {
        this.channel = channel;
        this.reader = new FrameReader(channel);
        this.out = new DirectWriter(channel, FrameCodec.MAX_FRAME_BYTES);
    }

    /** Runs a worker that finds its supervisor at the socket that is its only argument. */
    public static void main(String[] args) {
        Thread.ofPlatform().daemon().name("supervisor-watch").start(Worker::endWithSupervisor);
        int status = GAVE_UP;
        try (SocketChannel channel = Sockets.connect(Path.of(args[0]))) {
            status = new Worker(channel).run();
        } catch (IOException e) {
            // Usually the supervisor has gone while it was written to.
            LOG.log(System.Logger.Level.WARNING, "lost the supervisor: " + e);
        } finally {
            // Without shutdown hooks, which might wait for a handler's threads.
            Runtime.getRuntime().halt(status);
        }
    }

    private static void endWithSupervisor() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever said on it.
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "lost sight of the supervisor", e);
        } finally {
            Runtime.getRuntime().halt(ORPHANED);
        }
    }

    private int run() throws IOException {
        try {
            boolean connected = true;
            while (connected) {
                connected = serveBatch();
            }
            close();
            return ORDERLY;
        } catch (LedgerOpenException | JournalDamagedException e) {
            lastWords(e, job == null ? String.valueOf(e.getMessage()) : name() + " gave up: " + e.getMessage());
            return GAVE_UP;
        } catch (RuntimeException | Error e) {
            lastWords(e, name() + " gave up: " + e);
            return GAVE_UP;
        } finally {
            out.close();
        }
    }

    /** Waits for frames, deals with them, and writes what came of it; false if the other end has closed the connection. */
    boolean serveBatch() throws IOException {
        if (!reader.readBatch(this)) {
            return false;
        }
        out.flush();
        return true;
    }

    /** Gives up what it has been told to be, in good order. */
    @Override
    public void close() {
        if (job != null) {
            job.close();
        }
    }

    private void lastWords(Throwable cause, String message) {
        // What keeps the shards from opening is told to whoever opens the ledger; all else also needs its stack trace.
        LOG.log(job == null ? System.Logger.Level.DEBUG : System.Logger.Level.ERROR, message, cause);
        out.send(new Frame.Failed(message));
    }

    private static String name() {
        return Thread.currentThread().getName();
    }

    @Override
    public void handle(Frame frame) throws MalformedFrameException {
        if (job != null) {
            job.handle(frame);
        } else if (frame instanceof Frame.Start(Frame.Job kind, int worker, LedgerConfig config)) {
            Thread.currentThread().setName("worker-" + worker);
            job = switch (kind) {
                case LEDGER -> LedgerJob.begin(channel, worker, config);
                case ECHO -> new WorkerJob.Echo(WorkerJob.sink(channel, config));
            };
            out = job.out();
        } else if (frame instanceof Frame.Rehearse(LedgerConfig config)) {
            rehearsal = rehearsal == null ? new Rehearsal(config) : rehearsal;
            rehearsal.run();
        } else if (frame instanceof Frame.Beat) {
            out.send(frame);
        } else {
            throw new MalformedFrameException("a new worker is sent no "
                    + frame.getClass().getSimpleName() + ", allowed are Start, Rehearse and Beat");
        }
    }
}
