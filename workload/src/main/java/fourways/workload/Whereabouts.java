package fourways.workload;

import fourways.workload.Outcome.Located;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells which process and thread is running, in the kernel's terms (Linux: the target of {@code /proc/thread-self}). */
final class Whereabouts {

    private static final Path THREAD_SELF = Path.of("/proc/thread-self");

    private Whereabouts() {}

    /** For a virtual thread, the native thread is the one that carries it at this moment. */
    static Located ofThisThread() {
        try {
            Path task = Files.readSymbolicLink(THREAD_SELF).getFileName();
            return new Located(
                    ProcessHandle.current().pid(),
                    Long.parseLong(task.toString()),
                    Thread.currentThread().getName());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + THREAD_SELF, e);
        }
    }
}
