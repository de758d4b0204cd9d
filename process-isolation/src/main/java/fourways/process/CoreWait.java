package fourways.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * For how long the threads of a process were ready to run and had no core, as the kernel's scheduler counts it for each of them ({@code /proc/PID/task/TID/schedstat}, the second number, see
 * "Scheduler Statistics" in the kernel's documentation). Who spins has cores; who is stopped, blocked or asleep is not ready: none of them waits. A wait counts when it is over.
 */
final class CoreWait implements LongSupplier {

    private static final System.Logger LOG = System.getLogger(CoreWait.class.getName());

    private final Path tasks;

    /** By thread, in nanoseconds, when this began. */
    private final Map<String, Long> before;

    private CoreWait(Path tasks) {
        this.tasks = tasks;
        this.before = waits(tasks);
    }

    /** Begins to measure; what is returned says for how many nanoseconds they have waited since, all threads together. Zero where the kernel does not count. */
    static LongSupplier from(long pid) {
        return new CoreWait(Path.of("/proc", Long.toString(pid), "task"));
    }

    @Override
    public long getAsLong() {
        long nanos = 0;
        for (Map.Entry<String, Long> thread : waits(tasks).entrySet()) {
            nanos += thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
        }
        return nanos;
    }

    private static Map<String, Long> waits(Path tasks) {
        Map<String, Long> waits = new HashMap<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                waits.put(thread.getFileName().toString(), wait(thread.resolve("schedstat")));
            }
        } catch (IOException | DirectoryIteratorException | NumberFormatException e) {
            // The process has ended, or the kernel does not say: then nobody can claim to have waited.
            LOG.log(System.Logger.Level.DEBUG, "no word of waiting for a core in " + tasks, e);
        }
        return waits;
    }

    private static long wait(Path schedstat) throws IOException {
        try {
            String[] numbers = Files.readString(schedstat, StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ", -1);
            return numbers.length > 1 ? Long.parseLong(numbers[1]) : 0;
        } catch (NoSuchFileException e) {
            // This thread has ended meanwhile.
            return 0;
        }
    }
}
