package fourways.process;

import fourways.workload.LedgerConfig;
import java.io.IOException;

/** How the processes of workers are started. Thread-safe. */
interface Launch extends AutoCloseable {

    /** Starts a process; returns without waiting for it to connect. */
    WorkerProcess start() throws IOException;

    /** Removes what processes have left. All of them have ended. */
    @Override
    void close();

    /** With the class path of this JVM, from a directory that is gone as soon as the worker has connected. */
    static Launch plain(LedgerConfig config, Class<?> main) {
        return new Launch() {
            @Override
            public WorkerProcess start() throws IOException {
                return WorkerProcess.start(
                        PrivateDirectory.create("fourways-"), socket -> WorkerCommand.plain(config, main, socket));
            }

            @Override
            public void close() {}
        };
    }
}
