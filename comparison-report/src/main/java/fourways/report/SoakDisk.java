package fourways.report;

import fourways.workload.LedgerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a soaked ledger may leave on the disk. Its journal files are kept, so it grows with the commands; but with nothing else. */
final class SoakDisk {

    private static final long KIBIBYTE = 1_024;

    /** A record of the journal: an entry and its header. */
    private static final long ENTRY_BYTES = 48;

    /** The end of a file, a quarter of it, is a reserve that may stay empty, and a snapshot opens it: two thirds of each hold entries. */
    private static final double BYTES_PER_ENTRY_BYTE = 1.5;

    /** The file that a shard writes to and the one before, which is the next; and half as much for what is small. */
    private static final double FILES_OF_A_SHARD = 2.5;

    private SoakDisk() {}

    static long kibibytes(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(directory)) {
            files = found.filter(Files::isRegularFile).toList();
        }
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return bytes / KIBIBYTE;
    }

    /** @param entries how many the journals hold */
    static long limitKibibytes(LedgerConfig config, long entries) {
        return (long) (entries * ENTRY_BYTES * BYTES_PER_ENTRY_BYTE
                        + config.shards() * FILES_OF_A_SHARD * config.segmentBytes())
                / KIBIBYTE;
    }
}
