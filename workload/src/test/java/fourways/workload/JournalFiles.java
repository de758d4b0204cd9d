package fourways.workload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reaches into the files of a closed ledger. */
public final class JournalFiles {

    /** Well inside the snapshot with which every segment opens. */
    private static final long OFFSET = 64;

    private JournalFiles() {}

    /** Flips one bit in the newest segment of a shard, or flips it back; returns the file. */
    public static Path flipSnapshotBit(Path directory, int shard) throws IOException {
        Path segment = newestSegment(directory, shard);
        try (FileChannel file = FileChannel.open(segment, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            file.read(one, OFFSET);
            file.write(ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ 1)}), OFFSET);
        }
        return segment;
    }

    private static Path newestSegment(Path directory, int shard) throws IOException {
        return SegmentFolder.of(directory, shard).segments().lastEntry().getValue();
    }
}
