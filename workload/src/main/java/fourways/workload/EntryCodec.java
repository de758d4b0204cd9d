package fourways.workload;

import fourways.workload.Entry.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An entry as bytes: kind, account, other, zero (4 each), id, amount, number (8 each), little-endian. Holds the bytes of one entry at a time and allocates
 * nothing to write one. Not thread-safe.
 */
final class EntryCodec {

    static final int BYTES = 40;

    private static final Kind[] KINDS = Kind.values();

    private final byte[] bytes = new byte[BYTES];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

    byte[] bytes() {
        return bytes;
    }

    byte[] encode(Entry entry) {
        buffer.putInt(0, entry.kind().code);
        buffer.putInt(4, entry.account());
        buffer.putInt(8, entry.other());
        buffer.putLong(16, entry.id());
        buffer.putLong(24, entry.amountCents());
        buffer.putLong(32, entry.number());
        return bytes;
    }

    /** Decodes {@link #bytes}. */
    Entry decode() {
        if (buffer.getInt(12) != 0) {
            throw new IllegalArgumentException("an entry of a later version");
        }
        return new Entry(
                kind(buffer.getInt(0)),
                buffer.getLong(16),
                buffer.getInt(4),
                buffer.getInt(8),
                buffer.getLong(24),
                buffer.getLong(32));
    }

    private static Kind kind(int code) {
        for (Kind kind : KINDS) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IllegalArgumentException("an entry of unknown kind " + code);
    }
}
