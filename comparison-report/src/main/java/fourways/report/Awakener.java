package fourways.report;

import java.io.IOException;

/**
 * Sees to it that a process which is about to be stopped goes on when this JVM ends, however that happens: what is stopped cannot notice by itself that it is alone, as the others do.
 * A shell waits for the end of its input, which this JVM alone holds open.
 */
final class Awakener implements AutoCloseable {

    /** Ctrl-C at a terminal reaches the shell as well, and must not end it before this JVM. To a process that is not stopped SIGCONT does nothing. */
    private static final String SCRIPT = "trap '' HUP INT TERM; read -r _; kill -CONT \"$1\"";

    private final Process shell;

    private Awakener(Process shell) {
        this.shell = shell;
    }

    /** To be called before it is stopped. */
    static Awakener of(ProcessHandle process) throws IOException {
        return new Awakener(new ProcessBuilder("sh", "-c", SCRIPT, "sh", Long.toString(process.pid()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** From now on the process is left alone. */
    @Override
    public void close() {
        shell.destroyForcibly();
    }
}
