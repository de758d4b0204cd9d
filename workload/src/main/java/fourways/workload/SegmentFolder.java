package fourways.workload;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The folder of one shard's journal: {@code lock}, and numbered segments of which the newest counts. A new segment gets its name only when its snapshot is
 * whole, so one that was being made when the process died is just a file to be removed. Files of any other kind are left alone.
 */
record SegmentFolder(Path path) {

    private static final int NUMBER_DIGITS = 10;
    private static final String SUFFIX = ".log";
    private static final String UNFINISHED = ".unfinished";

    static SegmentFolder of(Path ledger, int shard) {
        return new SegmentFolder(ledger.resolve("shard-" + padded(shard, 4)));
    }

    Path file(long number) {
        return path.resolve(name(number, SUFFIX));
    }

    private Path unfinished(long number) {
        return path.resolve(name(number, UNFINISHED));
    }

    private static String name(long number, String suffix) {
        return padded(number, NUMBER_DIGITS) + suffix;
    }

    /** By hand, as patterns are here: the first that a process formats, or matches, takes as long as opening ten journals, and one that replaces another has no time for it. */
    private static String padded(long number, int digits) {
        String text = Long.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    /** Of a segment. What else ends like one has the name of another number, whatever is returned. */
    private static long number(Path file) {
        String name = file.getFileName().toString();
        try {
            return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static DirectoryStream.Filter<Path> endsWith(String suffix) {
        return file -> file.toString().endsWith(suffix);
    }

    /** All segments by number. */
    NavigableMap<Long, Path> segments() throws IOException {
        NavigableMap<Long, Path> segments = new TreeMap<>();
        if (Files.notExists(path)) {
            return segments;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, endsWith(SUFFIX))) {
            for (Path file : files) {
                long number = number(file);
                if (!file.equals(file(number)) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw new IOException(file + " is not a journal file: those are called " + name(1, SUFFIX)
                            + " and so on; move it elsewhere");
                }
                segments.put(number, file);
            }
        }
        return segments;
    }

    /** Makes a segment that opens with a snapshot. If that fails, nothing is left of it. */
    Segment create(long number, long bytes, byte[] snapshot, boolean durable) throws IOException {
        Path unfinished = unfinished(number);
        try {
            Files.deleteIfExists(unfinished);
            return finish(Segment.create(unfinished, bytes), number, snapshot, durable);
        } catch (IOException | RuntimeException | Error e) {
            remove(number, e);
            throw e;
        }
    }

    /** The same in the place of a segment that nobody needs any more, which takes neither space nor the time to be given it. If that fails, nothing is left of either. */
    Segment recycle(Segment old, long number, byte[] snapshot, boolean durable) throws IOException {
        try {
            old.moveTo(unfinished(number));
            if (durable) {
                // Before it is written over: after a power failure too, a name stands for what was finished under it.
                force(path);
            }
            old.clear();
            return finish(old, number, snapshot, durable);
        } catch (IOException | RuntimeException | Error e) {
            old.close();
            remove(number, e);
            throw e;
        }
    }

    private Segment finish(Segment segment, long number, byte[] snapshot, boolean durable) throws IOException {
        try {
            segment.append(snapshot, snapshot.length);
            if (durable) {
                segment.force();
            }
            segment.moveTo(file(number));
            if (durable) {
                force(path);
                // The folder itself may be new, too.
                force(path.resolve(".."));
            }
            return segment;
        } catch (IOException | RuntimeException | Error e) {
            segment.close();
            throw e;
        }
    }

    private void remove(long number, Throwable cause) {
        try {
            Files.deleteIfExists(unfinished(number));
            Files.deleteIfExists(file(number));
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Removes the segments before one that replaces them. */
    void dropBefore(long number) throws IOException {
        for (Path file : segments().headMap(number).values()) {
            Files.delete(file);
        }
    }

    /** Removes what was being made when a process died. */
    void dropUnfinished() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, endsWith(UNFINISHED))) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    /** Returns once the names in a folder are on the disk. */
    static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
