package fourways.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A shard's journal in memory-mapped files: what is appended is in the kernel's hands at once and survives the process; in {@link JournalMode#DISK} a {@link
 * GroupCommit} has it forced to the disk, too.
 *
 * <p>Only the newest segment counts, for each opens with a snapshot of the books; the one before becomes the next ({@link SegmentPair}), or all are kept for a {@link JournalAudit}. The end of each
 * segment is a reserve: rolling is tried where it begins, and while that fails for want of space, only obligations may go on. If even the reserve is used up, they fail too, and so does opening the journal anew, until there is space; what the shard
 * was sent meanwhile stays in the outboxes of its peers.
 *
 * <p>On opening, the entries are replayed up to the first that is not whole. If there is a whole one behind it, the file was damaged, and the shard refuses to
 * open. If not, it is the torn tail of a writer that died, and is cut. What cannot be told from a torn tail, or can but is no damage:
 *
 * <ul>
 *   <li>a tail that was removed record by record, and a flipped bit in the very last record, pass for torn;
 *   <li>after a power failure in {@link JournalMode#DISK}, the disk may have kept a later and lost an earlier page of entries that were not yet forced: refused as
 *       damage, though nobody was told of those entries; in {@link JournalMode#PROCESS}, which promises nothing for that case, the same holds for all pages;
 *   <li>file systems that compress, or copy on write, may run out of space under a file whose space was reserved: there a full disk ends the process.
 * </ul>
 *
 * <p>Confined to the shard's owner. The monitor guards the segment against being unmapped while the committer forces it, and against an owner that goes on after its
 * journal was closed.
 */
final class MappedJournal implements Journal {

    /** How long a process that no longer runs the shard may take to end. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(5);

    /** On a full disk, not every request is worth an attempt to write a whole segment. */
    private static final long RETRY_NANOS = Duration.ofMillis(100).toNanos();

    /** Room for more obligations than usually are under way; no more than a quarter of a segment, where that is small. */
    private static final long MAX_RESERVE_BYTES = 1 << 17;

    private static final Replay.Visitor NOBODY = (entry, file, offset) -> {};

    private final SegmentFolder folder;
    private final JournalLock lock;
    private final Replay replay;
    private final @Nullable GroupCommit group;
    private final GroupCommit.@Nullable Member effects;
    private final EntryCodec codec = new EntryCodec();
    private final SegmentPair files;

    /** The one that is written. */
    private Segment segment;

    private long reserve;
    private @Nullable IOException rollFailure;
    private long rollFailedNanos;
    private volatile boolean closed;

    private MappedJournal(
            LedgerConfig config, SegmentFolder folder, JournalLock lock, Replay replay, @Nullable GroupCommit group)
            throws IOException {
        this.folder = folder;
        this.lock = lock;
        this.replay = replay;
        this.group = group;
        this.effects = group == null ? null : group.new Member(this::force);
        this.files = new SegmentPair(config, folder, replay, group != null);
        this.segment = files.written();
        try {
            if (files.isNew()) {
                reserve = reserveFrom(segment.position());
            } else {
                recover();
            }
        } catch (IOException | RuntimeException | Error e) {
            files.close();
            throw e;
        }
    }

    /** Opens the journal of one shard and replays it into its books, which are new. */
    static MappedJournal open(LedgerConfig config, Path ledger, int shard, Books books, @Nullable GroupCommit group) {
        SegmentFolder folder = SegmentFolder.of(ledger, shard);
        try {
            Files.createDirectories(folder.path(), OwnerOnly.FOLDER);
            JournalLock lock =
                    JournalLock.acquire(folder.path(), "lock", "shard " + shard + " in " + ledger, LOCK_PATIENCE);
            try {
                return new MappedJournal(config, folder, lock, new Replay(config, shard, books), group);
            } catch (IOException | RuntimeException | Error e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new LedgerOpenException("cannot open the journal of shard " + shard + ": " + e, e);
        }
    }

    private long reserveFrom(long entriesBegin) {
        return segment.size() - Math.min((segment.size() - entriesBegin) / 4, MAX_RESERVE_BYTES);
    }

    private void recover() throws IOException {
        long begin = replay.readSnapshot(segment, files.number());
        long end = replay.readEntries(segment, begin, NOBODY);
        if (segment.isRagged()) {
            segment = files.padded();
        }
        segment.continueAt(end);
        reserve = reserveFrom(begin);
        if (group != null) {
            // What was found may not have been forced yet by whoever wrote it, and from here on it is told.
            segment.touch();
            segment.force();
        }
        if (!hasRoom(segment.size())) {
            advance();
        }
    }

    private void advance() throws IOException {
        segment = files.next();
        reserve = reserveFrom(segment.position());
    }

    @Override
    public void append(Entry entry) {
        if (!hasRoom(reserve) && !roll() && !(entry.kind().isObligation() && hasRoom(segment.size()))) {
            throw new JournalFullException(
                    "the journal " + segment.file() + " is full, and no new file could be made: " + rollFailure,
                    rollFailure);
        }
        segment.append(codec.encode(entry), EntryCodec.BYTES);
    }

    private boolean hasRoom(long limit) {
        return segment.position() + Replay.ENTRY_RECORD_BYTES <= limit;
    }

    private synchronized boolean roll() {
        requireOpen();
        if (rollFailure != null && System.nanoTime() - rollFailedNanos < RETRY_NANOS) {
            return false;
        }
        try {
            if (group != null) {
                forceOrFail(group);
            }
            advance();
            rollFailure = null;
            return true;
        } catch (IOException e) {
            rollFailure = e;
            rollFailedNanos = System.nanoTime();
            return false;
        }
    }

    /** The file that is left is read in an audit: it must not end earlier than the next one begins. */
    private void forceOrFail(GroupCommit group) {
        try {
            segment.force();
        } catch (IOException e) {
            group.fail(e);
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void whenDurable(Effect effect) {
        requireOpen();
        if (effects == null) {
            effect.run();
        } else {
            effects.whenDurable(effect);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(folder.path() + " has been closed: who had it opened has no say any more");
        }
    }

    private synchronized void force() throws IOException {
        if (!closed) {
            segment.force();
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        if (effects != null) {
            effects.close();
        }
        synchronized (this) {
            if (!closed) {
                closed = true;
                files.close();
                lock.close();
            }
        }
    }
}
