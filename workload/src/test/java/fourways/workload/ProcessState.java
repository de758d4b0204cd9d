package fourways.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What the kernel says of a process (Linux: {@code /proc/PID/stat}). */
final class ProcessState {

    private static final char STOPPED = 'T';
    private static final char ZOMBIE = 'Z';
    private static final char GONE = 'X';

    private ProcessState() {}

    static boolean isStopped(ProcessHandle process) {
        return of(process) == STOPPED;
    }

    /** Not if it has ended, though whoever inherited it has not asked how. */
    static boolean isRunning(ProcessHandle process) {
        char state = process.isAlive() ? of(process) : GONE;
        return state != ZOMBIE && state != GONE;
    }

    /** The letter after the name, which is in parentheses and may contain some. */
    private static char of(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2);
        } catch (NoSuchFileException e) {
            return GONE;
        } catch (IOException e) {
            // It went while it was read.
            if (!process.isAlive()) {
                return GONE;
            }
            throw new UncheckedIOException(e);
        }
    }
}
