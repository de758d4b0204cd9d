package fourways.process;

import fourways.workload.LedgerConfig;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A worker as the operating system sees it: a JVM like this one, with the same class path and a small fixed heap. It is started with nothing but the path of a
 * socket, in a new directory that only this user can enter and that is gone as soon as the worker has connected.
 */
final class WorkerProcess implements AutoCloseable {

    /** Many times what a JVM takes to start on a busy machine. */
    private static final long CONNECT_SECONDS = 30;

    private static final int STACK_TRACE_DEPTH = 50;

    private final Path directory;
    private final Path socket;
    private final ServerSocketChannel server;
    private final Process process;

    private WorkerProcess(Path directory, Path socket, ServerSocketChannel server, Process process) {
        this.directory = directory;
        this.socket = socket;
        this.server = server;
        this.process = process;
    }

    static WorkerProcess launch(Class<?> main, LedgerConfig config) throws IOException {
        Path directory = Files.createTempDirectory(
                "fourways-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path socket = directory.resolve("worker");
        try {
            ServerSocketChannel server = Sockets.listen(socket, 1);
            try {
                // The worker reads its end from standard input, which is therefore a pipe; nothing else is said there.
                Process process = new ProcessBuilder(command(main, socket, config))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                return new WorkerProcess(directory, socket, server, process);
            } catch (IOException e) {
                server.close();
                throw e;
            }
        } catch (IOException e) {
            remove(directory, socket);
            throw e;
        }
    }

    private static List<String> command(Class<?> main, Path socket, LedgerConfig config) {
        int heapMebibytes = Limits.heapMebibytes(config);
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms" + heapMebibytes + "m",
                "-Xmx" + heapMebibytes + "m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                // A stack overflow is a line in the log, not a thousand.
                "-XX:MaxJavaStackTraceDepth=" + STACK_TRACE_DEPTH,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                socket.toString());
    }

    /** Waits until the worker has connected. Call it once. */
    SocketChannel connection() throws IOException {
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
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
