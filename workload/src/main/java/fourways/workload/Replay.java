package fourways.workload;

import fourways.workload.Entry.Kind;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads the segments of one shard back into its books. A checksum that is right proves that the record is as it was written, not that it belongs here: what
 * an entry says is checked too, so whatever is in the file, the books are right or there is a {@link JournalDamagedException}.
 *
 * <p>The first record of a segment is a snapshot: magic number (8 bytes), segment number (8), shard (4), shards (4), the books. All others are entries of one
 * size, so where a record would have to be is known even behind one that cannot be read.
 */
final class Replay {

    static final int ENTRY_RECORD_BYTES = (int) Segment.recordBytes(EntryCodec.BYTES);

    private static final long MAGIC = 0x3130_5359_4157_3446L /* "F4WAYS01" */;
    private static final int PREFIX_BYTES = 2 * Long.BYTES + 2 * Integer.BYTES;

    private final LedgerConfig config;
    private final int shard;
    private final Books books;
    private final EntryCodec codec = new EntryCodec();

    Replay(LedgerConfig config, int shard, Books books) {
        this.config = config;
        this.shard = shard;
        this.books = books;
    }

    /** Sees each entry before it is made in the books. */
    interface Visitor {
        void entry(Entry entry, Path segment, long offset);
    }

    static int maxSnapshotBytes(LedgerConfig config) {
        return PREFIX_BYTES + Books.maxSnapshotBytes(config);
    }

    /** The payload of the record that opens a segment. */
    byte[] snapshot(long number) {
        ByteBuffer snapshot =
                ByteBuffer.allocate(PREFIX_BYTES + books.snapshotBytes()).order(ByteOrder.LITTLE_ENDIAN);
        snapshot.putLong(MAGIC).putLong(number).putInt(shard).putInt(config.shards());
        books.writeTo(snapshot);
        return snapshot.array();
    }

    /** Takes over the snapshot that opens a segment; returns where the entries begin. */
    long readSnapshot(Segment segment, long number) {
        byte[] payload = new byte[segment.claimedLength(0)];
        if (payload.length == 0 || !segment.read(0, payload)) {
            throw new JournalDamagedException(segment.file(), 0, "the snapshot that opens it is not whole");
        }
        ByteBuffer snapshot = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        try {
            if (snapshot.getLong() != MAGIC
                    || snapshot.getLong() != number
                    || snapshot.getInt() != shard
                    || snapshot.getInt() != config.shards()) {
                throw new IllegalArgumentException("not of segment " + number + " of shard " + shard);
            }
            books.readFrom(snapshot);
            if (snapshot.hasRemaining()) {
                throw new IllegalArgumentException(snapshot.remaining() + " bytes too long");
            }
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw new JournalDamagedException(segment.file(), 0, "the snapshot that opens it makes no sense: " + e);
        }
        return Segment.recordBytes(payload.length);
    }

    /** Makes all entries from an offset on; returns where the last one ends. */
    long readEntries(Segment segment, long from, Visitor visitor) {
        long offset = from;
        for (; segment.read(offset, codec.bytes()); offset += ENTRY_RECORD_BYTES) {
            Entry entry = decode(segment, offset);
            visitor.entry(entry, segment.file(), offset);
            books.redo(entry);
        }
        if (!segment.isBlankFrom(offset)) {
            requireNoneBehind(segment, offset);
        }
        return offset;
    }

    private void requireNoneBehind(Segment segment, long offset) {
        for (long behind = offset + ENTRY_RECORD_BYTES;
                behind + ENTRY_RECORD_BYTES <= segment.size();
                behind += ENTRY_RECORD_BYTES) {
            if (segment.read(behind, codec.bytes())) {
                throw new JournalDamagedException(
                        segment.file(), offset, "no whole record, but there is one behind it, at offset " + behind);
            }
        }
    }

    private Entry decode(Segment segment, long offset) {
        try {
            Entry entry = codec.decode();
            String objection = objectionTo(entry);
            if (objection == null) {
                return entry;
            }
            throw new JournalDamagedException(segment.file(), offset, objection + ": " + entry);
        } catch (IllegalArgumentException e) {
            throw new JournalDamagedException(segment.file(), offset, String.valueOf(e.getMessage()));
        }
    }

    private @Nullable String objectionTo(Entry entry) {
        if (!config.isAccountOf(shard, entry.account()) || entry.other() < 0 || entry.other() >= config.accounts()) {
            return "no entry of shard " + shard;
        }
        if (entry.amountCents() <= 0) {
            return "not an amount";
        }
        int peer = config.shardOf(entry.other());
        boolean crosses = entry.kind() == Kind.DEBIT || entry.kind() == Kind.CREDIT || entry.kind() == Kind.SETTLE;
        if (crosses == (peer == shard)) {
            return "the wrong kind for these accounts";
        }
        boolean follows = switch (entry.kind()) {
            case DEPOSIT -> entry.account() == entry.other() && books.canMint(entry.amountCents());
            case WITHDRAW -> entry.account() == entry.other() && covers(entry);
            case MOVE -> entry.account() != entry.other() && covers(entry);
            case DEBIT -> entry.number() == books.outbox().nextNumber(peer) && covers(entry);
            case CREDIT -> entry.number() == books.lastCredited(peer) + 1;
            case SETTLE -> books.outbox().oldest(peer, entry.number()) != null;
        };
        return follows ? null : "does not follow from the entries before it";
    }

    private boolean covers(Entry entry) {
        return books.balance(entry.account()) >= entry.amountCents();
    }
}
