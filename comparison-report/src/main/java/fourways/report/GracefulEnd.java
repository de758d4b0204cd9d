package fourways.report;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets a run that is told to end (Ctrl-C, SIGTERM) end in good order. The signal starts the JVM's shutdown; the hook in here interrupts the trial that is running and
 * waits until its processes are gone and what there is has been written. The exit status is then the JVM's own for that signal, 130 for Ctrl-C.
 *
 * <p>Only a trial is ever interrupted: an interrupt while a result is being written would tear the file.
 */
final class GracefulEnd implements AutoCloseable {

    /** Killing a tree and writing a few files takes far less; a disk that hangs must not keep the user waiting for ever. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** On a terminal Ctrl-C reaches the children at the same time as us, or a little earlier. */
    private static final Duration OWN_SIGNAL_PATIENCE = Duration.ofSeconds(1);

    /** How a JVM exits on SIGINT and SIGTERM. */
    private static final int INTERRUPTED = 130;

    private static final int TERMINATED = 143;

    private final CountDownLatch ended = new CountDownLatch(1);

    // Both guarded by this.
    private boolean asked;
    private @Nullable Thread interruptible;

    /** Until closed, the JVM does not end before the run has. */
    static GracefulEnd guard() {
        GracefulEnd guard = new GracefulEnd();
        Runtime.getRuntime().addShutdownHook(new Thread(guard::shutdown, "graceful-end"));
        return guard;
    }

    void shutdown() {
        synchronized (this) {
            asked = true;
            if (interruptible != null) {
                interruptible.interrupt();
            }
        }
        try {
            if (!ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("compare: the run did not end within " + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Calls a task that is interrupted if the run is told to end.
     *
     * @throws InterruptedException if it was, before or meanwhile
     */
    <T> T interruptibly(Callable<T> task) throws Exception {
        synchronized (this) {
            if (asked) {
                throw new InterruptedException("the run was told to end");
            }
            interruptible = Thread.currentThread();
        }
        try {
            return task.call();
        } finally {
            synchronized (this) {
                interruptible = null;
                // One that came too late to end the task must not hit what follows.
                Thread.interrupted();
            }
        }
    }

    /** To be called when a child has ended that should not have: if Ctrl-C ended it, the trial is not to blame, and our own interrupt is about to come. */
    static void awaitOwnSignal(int exitStatus) throws InterruptedException {
        if (exitStatus == INTERRUPTED || exitStatus == TERMINATED) {
            Thread.sleep(OWN_SIGNAL_PATIENCE);
        }
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
