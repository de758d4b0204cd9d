package fourways.process;

import fourways.workload.LedgerConfig;
import fourways.workload.RestartBackoff;
import fourways.workload.RestartBackoff.Decision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one worker more than there are seats: started, connected, and practised, so that whoever loses a worker only has to tell it which shards to open. As soon as it is taken, the
 * next one is made ready.
 *
 * <p>One daemon thread, which has the spare until it hands it over. It makes sure that the spare answers, again and again, and once more before it hands it over: one that hangs is killed, and never
 * handed over. Who asks while there is none, or while it does not answer, gets a process that starts from nothing, as all do when the ledger opens.
 */
final class WarmSpare implements Recruits {

    private static final System.Logger LOG = System.getLogger(WarmSpare.class.getName());

    /** How long a spare may practise, which it limits itself to a small part of this. */
    private static final Duration REHEARSAL_PATIENCE = Duration.ofSeconds(30);

    /** How long a spare waits to be taken before it is asked again whether it is still there. */
    private static final Duration IDLE = Duration.ofMillis(200);

    /** A spare that waits has answered long before, and starting one from nothing takes many times as long. */
    private static final Duration HANDOVER_PATIENCE = Duration.ofMillis(20);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final Launch launch;
    private final RunDirectory run;
    private final Duration deadline;
    private final Restarts restarts = Restarts.withBackoff(RestartBackoff.Settings.usual());
    private final SynchronousQueue<CompletableFuture<@Nullable WorkerProcess>> wishes = new SynchronousQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("worker-spare").unstarted(this::keep);

    /** Whether there is one to be waited for. */
    private volatile boolean ready;

    WarmSpare(Launch launch, RunDirectory run, int deadlineMillis) {
        this.launch = launch;
        this.run = run;
        this.deadline = Duration.ofMillis(deadlineMillis);
    }

    /** Not before: a spare would only keep the first workers from starting. */
    @Override
    public void allServe() {
        thread.start();
    }

    @Override
    public WorkerProcess next() throws IOException {
        WorkerProcess spare = ready ? spare() : null;
        return spare != null ? spare : launch.start();
    }

    private @Nullable WorkerProcess spare() {
        long patienceNanos = HANDOVER_PATIENCE.toNanos();
        CompletableFuture<@Nullable WorkerProcess> wish = new CompletableFuture<>();
        try {
            // Completed once, by whoever comes first: so it is either handed over or not.
            return wishes.offer(wish, patienceNanos, TimeUnit.NANOSECONDS)
                    ? wish.completeOnTimeout(null, patienceNanos, TimeUnit.NANOSECONDS)
                            .join()
                    : null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Whether a worker that is lost now would be replaced by one that stands by. */
    boolean isReady() {
        return ready;
    }

    private void keep() {
        while (closing.getCount() > 0) {
            try {
                haveOneTaken();
            } catch (IOException e) {
                switch (restarts.failed(System.nanoTime())) {
                    case Decision.Restart(Duration delay) -> pause(e, delay);
                    case Decision.GiveUp(Duration delay) -> pause(e, delay);
                }
            } catch (InterruptedException e) {
                // By close().
                return;
            }
        }
    }

    private void pause(IOException e, Duration delay) {
        if (closing.getCount() > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the spare worker is of no use, the next is tried in " + delay.toMillis() + " ms: " + e);
        }
        try {
            var _ = closing.await(delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException again) {
            // By close(): the caller looks.
            Thread.currentThread().interrupt();
        }
    }

    /** Makes one spare ready, and returns when it has been taken. */
    private void haveOneTaken() throws IOException, InterruptedException {
        WorkerProcess spare = launch.start();
        boolean taken = false;
        try {
            SpareTalk talk = new SpareTalk(spare.connection());
            rehearse(spare, talk);
            restarts.serves(System.nanoTime());
            ready = true;
            while (!taken) {
                CompletableFuture<@Nullable WorkerProcess> wish = wishes.poll(IDLE.toNanos(), TimeUnit.NANOSECONDS);
                within(deadline, spare, talk::beat);
                taken = wish != null && wish.complete(spare);
            }
        } finally {
            ready = false;
            if (!taken) {
                spare.close();
            }
        }
    }

    private void rehearse(WorkerProcess spare, SpareTalk talk) throws IOException {
        Path directory = run.make("rehearsal-");
        try {
            within(REHEARSAL_PATIENCE, spare, () -> talk.rehearse(Rehearsal.config(directory.resolve("ledger"))));
        } finally {
            PrivateDirectory.remove(directory);
        }
    }

    /** Something that a spare must be through with in time, or it is killed, which whoever waits for it notices. */
    @FunctionalInterface
    private interface Exercise {
        void run() throws IOException;
    }

    private static void within(Duration patience, WorkerProcess spare, Exercise exercise) throws IOException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        var _ = done.orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS).exceptionally(late -> {
            spare.kill();
            return null;
        });
        try {
            exercise.run();
        } finally {
            done.complete(null);
        }
    }

    /** What is said to a spare, and waited for. */
    private static final class SpareTalk {
        private final DirectWriter out;
        private final FrameReader in;
        private long sent;
        private long heard;

        SpareTalk(java.nio.channels.SocketChannel channel) {
            this.out = new DirectWriter(channel, 2 * FrameCodec.MAX_FRAME_BYTES);
            this.in = new FrameReader(channel);
        }

        void rehearse(LedgerConfig config) throws IOException {
            out.send(new Frame.Rehearse(config));
            beat();
        }

        void beat() throws IOException {
            sent++;
            out.send(new Frame.Beat(sent));
            out.flush();
            while (heard < sent) {
                if (!in.readBatch(this::handle)) {
                    throw new IOException("it has ended");
                }
            }
        }

        private void handle(Frame frame) throws MalformedFrameException {
            if (!(frame instanceof Frame.Beat(long number))) {
                throw new MalformedFrameException(
                        "a spare sends no " + frame.getClass().getSimpleName() + ", allowed is Beat");
            }
            heard = number;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        // It may be waiting for a process to connect, for one to answer, or for one to be taken.
        thread.interrupt();
        try {
            if (thread.isAlive() && !thread.join(CLOSE_PATIENCE)) {
                LOG.log(System.Logger.Level.ERROR, "the spare worker is not gone after " + CLOSE_PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        launch.close();
    }
}
