package fourways.process;

import java.io.IOException;

/** Starts workers within limits, with all that they leave in one directory. */
record HardenedLaunch(WorkerSettings settings, Class<?> main, RunDirectory run) implements Launch {

    @Override
    public WorkerProcess start() throws IOException {
        return WorkerProcess.start(run.make("worker-"), socket -> WorkerCommand.hardened(settings, main, socket));
    }

    @Override
    public void close() {
        run.close();
    }
}
