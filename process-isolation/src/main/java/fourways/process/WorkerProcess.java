package fourways.process;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A worker as the operating system sees it: a JVM of its own. It is started with nothing but the path of a socket, in a new directory that only this user can
 * enter and that is gone as soon as the worker has connected.
 */
final class WorkerProcess implements AutoCloseable {

    /** Starts a process that looks for its supervisor at a socket. */
    @FunctionalInterface
    interface Starter {
        Process start(Path socket) throws IOException;
    }

    /** Many times what a JVM takes to start on a busy machine. */
    private static final long CONNECT_SECONDS = 30;

    private final Path directory;
    private final Path socket;
    private final ServerSocketChannel server;
    private final Process process;

    /** Null until the worker has connected. */
    private @Nullable SocketChannel connection;

    private WorkerProcess(Path directory, Path socket, ServerSocketChannel server, Process process) {
        this.directory = directory;
        this.socket = socket;
        this.server = server;
        this.process = process;
    }

    /**
     * Starts a process.
     *
     * @param directory new, for nobody else, and the process' to remove
     * @param command makes the command line that starts a worker that looks for its supervisor at a socket
     */
    static WorkerProcess start(Path directory, Function<Path, List<String>> command) throws IOException {
        // The worker reads its end from standard input, which is therefore a pipe; nothing else is said there.
        return startBy(
                directory,
                socket -> new ProcessBuilder(command.apply(socket))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    /** The same, for whoever has a process of its own kind. */
    static WorkerProcess startBy(Path directory, Starter starter) throws IOException {
        Path socket = directory.resolve("worker");
        try {
            ServerSocketChannel server = Sockets.listen(socket, 1);
            try {
                return new WorkerProcess(directory, socket, server, starter.start(socket));
            } catch (IOException e) {
                server.close();
                throw e;
            }
        } catch (IOException e) {
            remove(directory, socket);
            throw e;
        }
    }

    /** The connection to the worker, which the caller may close; waits for it the first time. Not for several threads at once. */
    SocketChannel connection() throws IOException {
        if (connection == null) {
            connection = accept();
        }
        return connection;
    }

    private SocketChannel accept() throws IOException {
        var _ = process.onExit()
                .completeOnTimeout(process, CONNECT_SECONDS, TimeUnit.SECONDS)
                .thenRun(() -> Sockets.closeQuietly(server));
        try (server) {
            return server.accept();
        } catch (ClosedChannelException e) {
            String why = process.isAlive()
                    ? "has not connected within " + CONNECT_SECONDS + " s"
                    : "ended with status " + process.exitValue() + " before it connected";
            throw new IOException(why, e);
        } finally {
            remove(directory, socket);
        }
    }

    private static void remove(Path directory, Path socket) throws IOException {
        Files.deleteIfExists(socket);
        Files.deleteIfExists(directory);
    }

    long pid() {
        return process.pid();
    }

    /** Waits so long for the process to end by itself. */
    boolean isGoneWithin(Duration patience) throws InterruptedException {
        return process.waitFor(patience);
    }

    /** Ends the process with SIGKILL, without waiting. */
    void kill() {
        process.destroyForcibly();
    }

    /**
     * Ends the process if it has not ended, and returns only when it has: from then on nothing it did can still happen, and its journals are free. This is the fence
     * between one worker and the next.
     */
    @Override
    public void close() {
        kill();
        boolean interrupted = false;
        for (boolean gone = false; !gone; ) {
            try {
                process.waitFor();
                gone = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        Sockets.closeQuietly(server);
        if (connection != null) {
            Sockets.closeQuietly(connection);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
