package fourways.report;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a run that is told to end (Ctrl-C, SIGTERM) end in good order: the signal starts the JVM's shutdown, whose hook interrupts the thread that runs and waits
 * until that has killed the trial's processes and written what there is. The exit status is then the JVM's own for that signal, 130 for Ctrl-C.
 */
final class GracefulEnd implements AutoCloseable {

    /** Killing a tree and writing a few files takes far less; a disk that hangs must not keep the user waiting for ever. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Thread runner = Thread.currentThread();
    private final CountDownLatch ended = new CountDownLatch(1);

    /** For the calling thread, until closed. */
    static GracefulEnd guard() {
        GracefulEnd guard = new GracefulEnd();
        Runtime.getRuntime().addShutdownHook(new Thread(guard::shutdown, "graceful-end"));
        return guard;
    }

    private void shutdown() {
        if (ended.getCount() == 0) {
            return;
        }
        runner.interrupt();
        try {
            if (!ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("compare: the run did not end within " + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
