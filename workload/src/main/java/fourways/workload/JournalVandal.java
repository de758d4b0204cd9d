package fourways.workload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Does to the journal of one shard what crashes and disks do, so that it can be seen what a ledger makes of that. For journals that nobody has open, and in the files' documented layout only.
 *
 * @param config the ledger's, which has a directory
 */
public record JournalVandal(LedgerConfig config, int shard) {

    /** In the middle of an entry's amount. */
    private static final int FLIPPED_BYTE = Segment.HEADER_BYTES + 24;

    private static final int FLIPPED_BIT = 1;

    /** A place in a journal. */
    public record Place(Path file, long offset) {}

    private record Entries(Path file, List<Long> offsets) {}

    /**
     * Leaves half an entry behind the last whole one: its header, and the first half of what that announces. So a journal looks whose writer was killed, or whose disk lost power, in the
     * middle of an entry.
     *
     * @throws IOException if there is no entry yet, or no room for another one
     */
    public Place tear() throws IOException {
        Entries entries = entries();
        long last = entries.offsets().getLast();
        long offset = last + Replay.ENTRY_RECORD_BYTES;
        try (FileChannel file = open(entries.file())) {
            if (offset + Replay.ENTRY_RECORD_BYTES > file.size()) {
                throw new IOException(entries.file() + " has no room for another entry");
            }
            ByteBuffer half = ByteBuffer.allocate(Segment.HEADER_BYTES + EntryCodec.BYTES / 2);
            file.read(half, last);
            file.write(half.flip(), offset);
        }
        return new Place(entries.file(), offset);
    }

    /**
     * Flips one bit of an entry that others follow. Doing it again makes it good.
     *
     * @throws IOException if there are not two entries yet
     */
    public Place flip() throws IOException {
        Entries entries = entries();
        long offset = entries.offsets().get((entries.offsets().size() - 1) / 2);
        flip(new Place(entries.file(), offset));
        return new Place(entries.file(), offset);
    }

    /** Flips the same bit of the entry at a place. */
    public void flip(Place entry) throws IOException {
        try (FileChannel file = open(entry.file())) {
            ByteBuffer flipped = ByteBuffer.allocate(1).order(ByteOrder.LITTLE_ENDIAN);
            file.read(flipped, entry.offset() + FLIPPED_BYTE);
            flipped.put(0, (byte) (flipped.get(0) ^ FLIPPED_BIT));
            file.write(flipped.flip(), entry.offset() + FLIPPED_BYTE);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Of the newest segment, the only one that counts. */
    private Entries entries() throws IOException {
        Path directory = config.directory();
        Map.Entry<Long, Path> newest = directory == null
                ? null
                : SegmentFolder.of(directory, shard).segments().lastEntry();
        if (newest == null) {
            throw new IOException("shard " + shard + " has no journal");
        }
        List<Long> offsets = new ArrayList<>();
        try (Segment segment = Segment.openReadOnly(newest.getValue())) {
            Replay replay = new Replay(config, shard, new Books(config, shard));
            replay.readEntries(
                    segment, replay.readSnapshot(segment, newest.getKey()), (_, _, offset) -> offsets.add(offset));
        }
        if (offsets.size() < 2) {
            throw new IOException(newest.getValue() + " holds " + offsets.size() + " entries, needed are two");
        }
        return new Entries(newest.getValue(), offsets);
    }
}
