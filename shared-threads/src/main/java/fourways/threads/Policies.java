package fourways.threads;

import java.util.concurrent.ExecutorService;

/** All in which the variants differ. Whoever is given it closes it. */
record Policies(ExecutorService threads, Locking locking, Recovery recovery, Supervision supervision)
        implements AutoCloseable {

    /** Ends what runs at once; what was waiting for its turn is not done. */
    @Override
    public void close() {
        supervision.close();
        recovery.close();
        threads.shutdownNow();
    }
}
