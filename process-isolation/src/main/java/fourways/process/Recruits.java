package fourways.process;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where a seat gets its next worker from. Thread-safe. */
interface Recruits extends AutoCloseable {

    /** A new worker that has not been told what to be, and may not have connected yet. It is the caller's to end. */
    WorkerProcess next() throws IOException;

    /** The same, but only if there is one already that stands by; null if not. Takes a moment at most. */
    @Nullable
    WorkerProcess standby();

    /** Every seat is filled: workers are wanted only in place of others from now on. */
    void allServe();

    /** Ends every process that has not been handed out. */
    @Override
    void close();

    /** A process that is started when it is needed. */
    static Recruits onDemand(Launch launch) {
        return new Recruits() {
            @Override
            public WorkerProcess next() throws IOException {
                return launch.start();
            }

            @Override
            public @Nullable WorkerProcess standby() {
                return null;
            }

            @Override
            public void allServe() {}

            @Override
            public void close() {
                launch.close();
            }
        };
    }
}
