package fourways.workload;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder of one shard's journal: {@code lock}, and numbered segments of which the newest counts. A new segment gets its name only when its snapshot is
 * whole, so one that was being made when the process died is just a file to be removed. Files of any other kind are left alone.
 */
record SegmentFolder(Path path) {

    private static final String SUFFIX = ".log";
    private static final String UNFINISHED = ".unfinished";
    private static final Pattern NAME = Pattern.compile("(\\d{10})\\.log");

    static SegmentFolder of(Path ledger, int shard) {
        return new SegmentFolder(ledger.resolve(String.format("shard-%04d", shard)));
    }

    Path file(long number) {
        return path.resolve(String.format("%010d", number) + SUFFIX);
    }

    /** All segments by number. */
    NavigableMap<Long, Path> segments() throws IOException {
        NavigableMap<Long, Path> segments = new TreeMap<>();
        if (Files.notExists(path)) {
            return segments;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*" + SUFFIX)) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (!name.matches() || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw new IOException(file + " is not a journal file: those are called 0000000001" + SUFFIX
                            + " and so on; move it elsewhere");
                }
                segments.put(Long.parseLong(name.group(1)), file);
            }
        }
        return segments;
    }

    /** Makes a segment that opens with a snapshot. If that fails, nothing is left of it. */
    Segment create(long number, long bytes, byte[] snapshot, boolean durable) throws IOException {
        Path unfinished = path.resolve(String.format("%010d", number) + UNFINISHED);
        Segment segment = null;
        try {
            Files.deleteIfExists(unfinished);
            segment = Segment.create(unfinished, bytes);
            segment.append(snapshot, snapshot.length);
            if (durable) {
                segment.force();
            }
            Files.move(unfinished, file(number), StandardCopyOption.ATOMIC_MOVE);
            if (durable) {
                force(path);
                // The folder itself may be new, too.
                force(path.resolve(".."));
            }
            return segment;
        } catch (IOException | RuntimeException | Error e) {
            if (segment != null) {
                segment.close();
            }
            try {
                Files.deleteIfExists(unfinished);
                Files.deleteIfExists(file(number));
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
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
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*" + UNFINISHED)) {
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
