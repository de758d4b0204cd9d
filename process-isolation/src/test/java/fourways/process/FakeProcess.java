package fourways.process;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/** A process that is none: whoever waits for its end does this instead, and then it has ended. */
final class FakeProcess extends Process {

    private final Runnable dying;

    FakeProcess(Runnable dying) {
        this.dying = dying;
    }

    @Override
    public int waitFor() {
        dying.run();
        return 0;
    }

    @Override
    public CompletableFuture<Process> onExit() {
        return new CompletableFuture<>();
    }

    @Override
    public boolean isAlive() {
        return true;
    }

    @Override
    public int exitValue() {
        throw new IllegalThreadStateException("it has not been waited for");
    }

    @Override
    public long pid() {
        return 0;
    }

    @Override
    public void destroy() {}

    @Override
    public Process destroyForcibly() {
        return this;
    }

    @Override
    public OutputStream getOutputStream() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream getInputStream() {
        return InputStream.nullInputStream();
    }

    @Override
    public InputStream getErrorStream() {
        return InputStream.nullInputStream();
    }
}
