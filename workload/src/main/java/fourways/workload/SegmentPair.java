package fourways.workload;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of one journal: the segment that is written, and the one before, whose space the next one takes over. So a journal that has both needs no more, and to go on costs some memory to clear
 * and no file to make. Where all segments are kept there is no second one.
 *
 * <p>Not thread-safe; closed segments throw, whoever uses them.
 */
final class SegmentPair implements AutoCloseable {

    private static final Logger LOG = System.getLogger(SegmentPair.class.getName());

    /** The fewest entries that a segment has room for: with fewer there would be a next one all the time. */
    private static final int MIN_ENTRIES = 32;

    private static final int PAGE_BYTES = 4_096;

    private final LedgerConfig config;
    private final SegmentFolder folder;
    private final Replay replay;
    private final boolean durable;
    private final boolean isNew;
    private Segment written;

    /** Null if there is none yet, or it is kept. */
    private @Nullable Segment spent;

    private long number;

    /** Opens the newest segment as it was left, for the caller to recover, or makes the first. */
    SegmentPair(LedgerConfig config, SegmentFolder folder, Replay replay, boolean durable) throws IOException {
        this.config = config;
        this.folder = folder;
        this.replay = replay;
        this.durable = durable;
        folder.dropUnfinished();
        Map.Entry<Long, Path> newest = folder.segments().lastEntry();
        this.isNew = newest == null;
        this.number = newest == null ? 1 : newest.getKey();
        this.written = newest == null ? create(replay.snapshot(number), number) : Segment.open(newest.getValue());
    }

    /** Whether nobody has ever written to the segment at hand. */
    boolean isNew() {
        return isNew;
    }

    Segment written() {
        return written;
    }

    long number() {
        return number;
    }

    /** The segment at hand, made as large as its last page is. */
    Segment padded() throws IOException {
        written.close();
        Segment.pad(written.file());
        written = Segment.open(written.file());
        return written;
    }

    /** Goes on with the next segment, which opens with a snapshot of the books. If that fails, the one at hand is as it was. */
    Segment next() throws IOException {
        Segment next = successor(replay.snapshot(number + 1));
        if (config.keepSegments()) {
            written.close();
        } else {
            spent = written;
        }
        written = next;
        number++;
        return next;
    }

    private Segment successor(byte[] snapshot) throws IOException {
        Segment old = spent;
        // Used up, whatever comes of it.
        spent = null;
        if (old != null && old.size() >= segmentBytes(snapshot)) {
            return folder.recycle(old, number + 1, snapshot, durable);
        }
        if (old != null) {
            old.close();
        }
        dropOld();
        return create(snapshot, number + 1);
    }

    private Segment create(byte[] snapshot, long number) throws IOException {
        return folder.create(number, segmentBytes(snapshot), snapshot, durable);
    }

    /** How large a segment is that opens with such a snapshot. */
    private long segmentBytes(byte[] snapshot) {
        long snapshotBytes = Math.max(snapshot.length, Replay.maxSnapshotBytes(config));
        long needed = 2 * snapshotBytes + MIN_ENTRIES * (long) Replay.ENTRY_RECORD_BYTES;
        return Segment.roundUp(Math.max(config.segmentBytes(), needed), PAGE_BYTES);
    }

    /** Also what others have left, who were killed or kept all. */
    private void dropOld() {
        if (config.keepSegments()) {
            return;
        }
        try {
            folder.dropBefore(number);
        } catch (IOException e) {
            // They do no harm but to the space, and the next time is another chance.
            LOG.log(Level.WARNING, "cannot remove journal files that are no longer needed", e);
        }
    }

    /** Unmaps both. Any thread may call it that keeps the others from going on meanwhile. */
    @Override
    public void close() {
        written.close();
        if (spent != null) {
            spent.close();
        }
    }
}
