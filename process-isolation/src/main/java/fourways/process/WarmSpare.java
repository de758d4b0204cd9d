package fourways.process;

import fourways.workload.RestartBackoff;
import fourways.workload.Restarts;
import fourways.workload.Restarts.Decision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one worker more than there are seats: started, connected, and practised, so that whoever loses a worker only has to tell it which shards to open. A moment later the next one
 * is made ready.
 *
 * <p>One daemon thread, which has the {@link Spare} until it hands it over. One that hangs is killed, and never
 * handed over. Who asks while it is still being started waits for it, for it is ahead of any other; all
 * others who ask meanwhile, or while it does not answer, get a process that starts from nothing, as all do when the ledger opens.
 */
final class WarmSpare implements Recruits {

    private static final System.Logger LOG = System.getLogger(WarmSpare.class.getName());

    /** How long it pays to wait for a process that is being started: about as long as starting another may take. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(1);

    /** How long the next spare leaves the cores to the one that was taken: longer than it needs until its shards are served, and have caught up. */
    private static final Duration SETTLING = Duration.ofMillis(250);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final Launch launch;
    private final RunDirectory run;
    private final Duration deadline;
    private final Spare.Practice practice;
    private final Restarts restarts = Restarts.withBackoff(RestartBackoff.Settings.usual());
    private final SpareWishes wishes = new SpareWishes();
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

    WarmSpare(Launch launch, RunDirectory run, int deadlineMillis, Spare.Practice practice) {
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
            case PRACTISING, READY -> wishes.wish(SpareWishes.HANDOVER_PATIENCE);
        };
    }

    @Override
    public WorkerProcess next() throws IOException {
        WorkerProcess spare = null;
        if (stage != Stage.NONE && awaited.compareAndSet(false, true)) {
            try {
                spare = wishes.wish(START_PATIENCE);
            } finally {
                awaited.set(false);
            }
        }
        return spare != null ? spare : launch.start();
    }

    /** Whether a worker that is lost now would be replaced by one that has practised. */
    boolean isReady() {
        return stage == Stage.READY;
    }

    private void keep() {
        try {
            while (!isClosingWithin(haveOneTaken())) {
                // Once more.
            }
        } catch (InterruptedException e) {
            // By close(): this thread ends.
            LOG.log(System.Logger.Level.DEBUG, "the spare worker is not wanted any more", e);
        }
    }

    private boolean isClosingWithin(Duration delay) throws InterruptedException {
        return closing.await(delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Makes one spare ready, and returns when it has been taken or is of no use: then it says in how long the next one is to be started. */
    private Duration haveOneTaken() throws InterruptedException {
        try {
            Path directory = run.make("rehearsal-");
            try {
                stage = Stage.STARTING;
                handOver(launch.start(), directory);
            } finally {
                stage = Stage.NONE;
                PrivateDirectory.remove(directory);
            }
            return SETTLING;
        } catch (IOException e) {
            Duration delay = switch (restarts.failed(System.nanoTime())) {
                case Decision.Restart restart -> restart.delay();
                case Decision.GiveUp giveUp -> giveUp.pause();
            };
            if (closing.getCount() > 0) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the spare worker is of no use, the next is tried in " + delay.toMillis() + " ms: " + e);
            }
            return delay;
        }
    }

    /** Returns when the spare has been taken. In any other case its process has ended. */
    private void handOver(WorkerProcess process, Path directory) throws IOException, InterruptedException {
        boolean taken = false;
        try {
            Spare spare = new Spare(process, deadline);
            stage = Stage.PRACTISING;
            taken = spare.isTakenWhilePractising(practice, directory, wishes);
            if (!taken) {
                PrivateDirectory.remove(directory);
                restarts.serves(System.nanoTime());
                stage = Stage.READY;
                spare.awaitTaken(wishes);
                taken = true;
            }
        } finally {
            if (!taken) {
                process.close();
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
