package fourways.process;

import java.io.IOException;

/** Starts workers within limits, with all that they leave in one directory, and as fast as an archive of their classes makes it. */
record HardenedLaunch(WorkerSettings settings, Class<?> main, RunDirectory run, ClassArchive archive)
        implements Launch {

    @Override
    public WorkerProcess start() throws IOException {
        return WorkerProcess.start(
                run.make("worker-"), socket -> WorkerCommand.hardened(settings, archive.options(), main, socket));
    }

    @Override
    public void close() {
        archive.close();
        run.close();
    }
}
