package fourways.process;

import fourways.workload.LedgerConfig;
import fourways.workload.RestartBackoff;
import fourways.workload.Restarts;
import fourways.workload.Restarts.Decision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one worker more than there are seats: started, connected, and practised, so that whoever loses a worker only has to tell it which shards to open. A moment later the next one
 * is made ready.
 *
 * <p>One daemon thread, which has the spare until it hands it over. It makes sure that the spare answers, again and again, and once more before it hands it over: one that hangs is killed, and never
 * handed over. A spare practises in short rounds, so that one that has not practised enough can be had as well. Who asks while it is still being started waits for it, for it is ahead of any other; all
 * others who ask meanwhile, or while it does not answer, get a process that starts from nothing, as all do when the ledger opens.
 */
final class WarmSpare implements Recruits {

    private static final System.Logger LOG = System.getLogger(WarmSpare.class.getName());

    /** How much a spare practises. On a slow or busy machine time is the limit, since it takes a core from those that serve. */
    record Practice(int rounds, Duration longest) {

        /** After so many rounds the compiler has seen what counts. */
        static Practice usual() {
            return new Practice(80, Duration.ofSeconds(2));
        }
    }

    /** Many times what a round takes, the first of all too. */
    private static final Duration ROUND_PATIENCE = Duration.ofSeconds(10);

    /** How long a spare waits to be taken before it is asked again whether it is still there. */
    private static final Duration IDLE = Duration.ofMillis(200);

    /** A spare that waits has answered long before, and starting one from nothing takes many times as long. */
    private static final Duration HANDOVER_PATIENCE = Duration.ofMillis(20);

    /** How long it pays to wait for a process that is being started: about as long as starting another may take. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(1);

    /** How long the next spare leaves the cores to the one that was taken: longer than it needs until its shards are served, and have caught up. */
    private static final Duration SETTLING = Duration.ofMillis(250);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final Launch launch;
    private final RunDirectory run;
    private final Duration deadline;
    private final Practice practice;
    private final Restarts restarts = Restarts.withBackoff(RestartBackoff.Settings.usual());
    private final SynchronousQueue<CompletableFuture<@Nullable WorkerProcess>> wishes = new SynchronousQueue<>();
    private final AtomicBoolean awaited = new AtomicBoolean();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("worker-spare").unstarted(this::keep);

    /** How far the spare is. */
    private enum Stage {
        NONE,
        STARTING,
        PRACTISING,
        READY
    }

    private volatile Stage stage = Stage.NONE;

    WarmSpare(Launch launch, RunDirectory run, int deadlineMillis, Practice practice) {
        this.launch = launch;
        this.run = run;
        this.deadline = Duration.ofMillis(deadlineMillis);
        this.practice = practice;
    }

    /** Not before: a spare would only keep the first workers from starting. */
    @Override
    public void allServe() {
        thread.start();
    }

    @Override
    public @Nullable WorkerProcess standby() {
        return switch (stage) {
            case NONE, STARTING -> null;
            case PRACTISING, READY -> spare(HANDOVER_PATIENCE);
        };
    }

    @Override
    public WorkerProcess next() throws IOException {
        WorkerProcess spare = null;
        if (stage != Stage.NONE && awaited.compareAndSet(false, true)) {
            try {
                spare = spare(START_PATIENCE);
            } finally {
                awaited.set(false);
            }
        }
        return spare != null ? spare : launch.start();
    }

    /** Waits until the thread of the spare has time for this, and then a moment for the spare itself. */
    private @Nullable WorkerProcess spare(Duration patience) {
        CompletableFuture<@Nullable WorkerProcess> wish = new CompletableFuture<>();
        try {
            // Completed once, by whoever comes first: so it is either handed over or not.
            return wishes.offer(wish, patience.toNanos(), TimeUnit.NANOSECONDS)
                    ? wish.completeOnTimeout(null, HANDOVER_PATIENCE.toNanos(), TimeUnit.NANOSECONDS)
                            .join()
                    : null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Whether a worker that is lost now would be replaced by one that has practised. */
    boolean isReady() {
        return stage == Stage.READY;
    }

    private void keep() {
        while (closing.getCount() > 0) {
            try {
                haveOneTaken();
                var _ = closing.await(SETTLING.toNanos(), TimeUnit.NANOSECONDS);
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
        stage = Stage.STARTING;
        Path directory = run.make("rehearsal-");
        WorkerProcess spare = launch.start();
        boolean taken = false;
        try {
            taken = isTaken(spare, directory);
        } finally {
            stage = Stage.NONE;
            if (!taken) {
                spare.close();
            }
            PrivateDirectory.remove(directory);
        }
    }

    private boolean isTaken(WorkerProcess spare, Path directory) throws IOException, InterruptedException {
        LedgerConfig ledger = Rehearsal.config(directory.resolve("ledger"));
        SpareTalk talk = new SpareTalk(spare);
        stage = Stage.PRACTISING;
        long practisedNanos = System.nanoTime() + practice.longest().toNanos();
        for (int round = 0; ; round++) {
            boolean practises = round < practice.rounds() && System.nanoTime() - practisedNanos < 0;
            if (!practises && stage == Stage.PRACTISING) {
                PrivateDirectory.remove(directory);
                restarts.serves(System.nanoTime());
                stage = Stage.READY;
            }
            CompletableFuture<@Nullable WorkerProcess> wish =
                    practises ? wishes.poll() : wishes.poll(IDLE.toNanos(), TimeUnit.NANOSECONDS);
            if (wish == null && practises) {
                talk.rehearse(ledger, ROUND_PATIENCE);
            } else {
                talk.beat(deadline);
            }
            if (wish != null && wish.complete(spare)) {
                return true;
            }
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
