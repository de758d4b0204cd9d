package fourways.report;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Small programs of the system that do to a process what Java cannot: stop it, let it go on, limit it. */
final class Signals {

    /** They do one system call. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Signals() {}

    /** @param signal such as {@code STOP}; a process that has ended meanwhile gets none */
    static void send(String signal, ProcessHandle process) throws IOException, InterruptedException {
        tell(process, List.of("kill", "-" + signal, Long.toString(process.pid())));
    }

    /** From now on the process may have at most so many descriptors open, those that it has included. */
    static void limitDescriptors(ProcessHandle process, long limit) throws IOException, InterruptedException {
        String pid = Long.toString(process.pid());
        try {
            tell(process, List.of("prlimit", "--pid", pid, "--nofile=" + limit + ":" + limit));
        } catch (IOException e) {
            throw new IOException(
                    "descriptors cannot be limited: " + e.getMessage() + " (prlimit is of util-linux)", e);
        }
    }

    private static void tell(ProcessHandle process, List<String> command) throws IOException, InterruptedException {
        Process told = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!told.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(String.join(" ", command) + " does not end");
            }
        } finally {
            told.destroyForcibly();
        }
        if (told.exitValue() != 0 && ProcessTree.isAlive(process)) {
            throw new IOException(String.join(" ", command) + " exited with " + told.exitValue());
        }
    }
}
