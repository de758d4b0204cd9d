package fourways.workload;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process has written into a mapped file and the kernel not yet to the disk, as Linux tells it: the real effect of a force. */
final class DirtyPages {

    static final Path MAPPINGS = Path.of("/proc/self/smaps");

    private DirtyPages() {}

    static void assumeKnown() {
        assumeTrue(Files.isReadable(MAPPINGS), "only Linux tells");
    }

    /** To be called after a force. */
    static void assumeClean(Path file) throws IOException {
        assumeTrue(kibibytesOf(file) == 0, "this file system keeps its files in memory");
    }

    static long kibibytesOf(Path file) throws IOException {
        long dirty = 0;
        boolean ours = false;
        for (String line : Files.readAllLines(MAPPINGS)) {
            if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                ours = line.endsWith(file.toString());
            } else if (ours && line.matches("(Shared|Private)_Dirty:.*")) {
                dirty += Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return dirty;
    }
}
