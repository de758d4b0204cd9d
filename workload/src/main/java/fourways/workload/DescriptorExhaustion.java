package fourways.workload;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A leak of file descriptors: opens files until the kernel gives no more, and keeps them for ever. The handler itself goes on; it fails, and so does everybody
 * else in this process, at the next file, journal segment or connection.
 */
final class DescriptorExhaustion {

    /** The system's table of open files is everybody's: a process with a higher limit could use it up. */
    private static final int MAX_LIMIT = 4_096;

    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final String OPEN_FILES = "Max open files";

    /** Bounded by the limit. Guarded by itself. */
    private static final List<FileInputStream> KEPT = new ArrayList<>();

    private DescriptorExhaustion() {}

    static void strike(Scene scene) {
        int limit = requireLimit();
        synchronized (KEPT) {
            int before = KEPT.size();
            try {
                for (int opened = 0; opened <= limit; opened++) {
                    // A file that every process may open as often as it likes.
                    KEPT.add(new FileInputStream("/dev/null"));
                }
            } catch (IOException e) {
                scene.fired("has " + (KEPT.size() - before) + " files more open, and the next fails with: "
                        + e.getMessage() + "; the limit is " + limit);
                return;
            }
        }
        throw new IllegalStateException("has opened more files than the limit of " + limit + " allows");
    }

    /** The limit of this process as it is now, which somebody else may have lowered since it began. */
    private static int requireLimit() {
        try {
            String value = Files.readAllLines(LIMITS).stream()
                    .filter(line -> line.startsWith(OPEN_FILES))
                    .map(line -> line.substring(OPEN_FILES.length()).strip().split(" +", 2)[0])
                    .findFirst()
                    .orElse("not known");
            // Without one it says "unlimited".
            int limit = value.matches("[0-9]{1,4}") ? Integer.parseInt(value) : Integer.MAX_VALUE;
            if (limit > MAX_LIMIT) {
                throw new IllegalStateException(String.format(
                        Locale.ROOT,
                        "will not use up the files of a process whose limit is %s, allowed are up to %d: lower it with"
                                + " prlimit",
                        value,
                        MAX_LIMIT));
            }
            return limit;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + LIMITS, e);
        }
    }
}
