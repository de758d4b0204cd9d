package fourways.workload;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Located;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What clients sent and heard, from their side: one byte per command, so that a run of many millions can be checked to the last one. What was
 * sent is not kept; it is asked from the {@link Commands} again.
 *
 * <p>For an accepted command the byte also holds a 7-bit fingerprint of the balance that was answered: of 128 wrong balances, 127 are noticed.
 *
 * <p>Any thread may write, without a lock: each id has a byte of its own, and bytes do not tear (JLS 17.6). A reader sees what happened before it
 * reads; of an answer that comes in at the same time it may see nothing yet. Memory grows with the largest id.
 */
public final class History {

    /** The most commands that one history can hold: 2^31, which take 2 GiB. */
    public static final long MAX_COMMANDS = 1L << 31;

    private static final int CHUNK_BITS = 18;
    private static final int CHUNK_BYTES = 1 << CHUNK_BITS;

    private static final byte UNSENT = 0;
    private static final byte UNANSWERED = 1;
    private static final byte INDETERMINATE = 2;
    private static final byte LOCATED = 3;
    private static final byte REFUSED = 16;
    private static final byte ACCEPTED = (byte) 0x80;

    private static final List<Reason> REASONS = List.of(Reason.values());

    private final long maxCommands;
    private final AtomicReferenceArray<@Nullable MemorySegment> chunks;

    /** What a client knows of one command. */
    public enum State {
        UNSENT,
        /** Sent, and not answered yet, or never. */
        UNANSWERED,
        /** It happened; {@link Located} counts as that. */
        ACCEPTED,
        REFUSED,
        INDETERMINATE
    }

    /** A history on the heap, for ids from 0 to {@code maxCommands - 1}. */
    public History(long maxCommands) {
        if (maxCommands < 1 || maxCommands > MAX_COMMANDS) {
            throw new IllegalArgumentException("maxCommands is " + maxCommands + ", allowed are 1 to " + MAX_COMMANDS);
        }
        this.maxCommands = maxCommands;
        this.chunks = new AtomicReferenceArray<>((int) ((maxCommands + CHUNK_BYTES - 1) >>> CHUNK_BITS));
    }

    /**
     * A history in a file, new or begun earlier, of {@code maxCommands} bytes: it outlives a client that is killed, and a process beside it can read it. There
     * has to be space for it on the disk, or the process gets a signal.
     */
    public static History in(Path file, long maxCommands) throws IOException {
        History history = new History(maxCommands);
        try (FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE)) {
            // Unmapped when nobody refers to it any more.
            MemorySegment mapped = channel.map(MapMode.READ_WRITE, 0, maxCommands, Arena.ofAuto());
            for (int i = 0; i < history.chunks.length(); i++) {
                long offset = (long) i << CHUNK_BITS;
                history.chunks.set(i, mapped.asSlice(offset, Math.min(CHUNK_BYTES, maxCommands - offset)));
            }
        }
        return history;
    }

    public long maxCommands() {
        return maxCommands;
    }

    /** To be called before the command is handed in, so that nothing can be in a journal that is not in here. */
    public void sent(long id) {
        write(id, UNANSWERED);
    }

    /** Records the answer to a command that was sent. */
    public void answered(long id, Outcome outcome) {
        write(
                id,
                switch (outcome) {
                    case Accepted accepted -> (byte) (ACCEPTED | fingerprint(accepted.balanceCents()));
                    case Refused refused -> (byte) (REFUSED + REASONS.indexOf(refused.reason()));
                    case Indeterminate _ -> INDETERMINATE;
                    case Located _ -> LOCATED;
                });
    }

    /** The state of a command; of an id that cannot be recorded, {@link State#UNSENT}. */
    public State state(long id) {
        byte code = read(id);
        return switch (code) {
            case UNSENT -> State.UNSENT;
            case UNANSWERED -> State.UNANSWERED;
            case INDETERMINATE -> State.INDETERMINATE;
            case LOCATED -> State.ACCEPTED;
            default -> code < 0 ? State.ACCEPTED : State.REFUSED;
        };
    }

    /** Why a command was refused whose state is {@link State#REFUSED}. */
    public Reason refusal(long id) {
        return REASONS.get(read(id) - REFUSED);
    }

    /** Whether the command was accepted with another balance than this. */
    boolean contradicts(long id, long balanceCents) {
        byte code = read(id);
        return code < 0 && code != (byte) (ACCEPTED | fingerprint(balanceCents));
    }

    /** One more than the largest id that was sent, 0 if none was. */
    public long end() {
        for (int i = chunks.length() - 1; i >= 0; i--) {
            MemorySegment chunk = chunks.get(i);
            for (long offset = chunk == null ? 0 : chunk.byteSize(); offset > 0; offset--) {
                if (chunk.get(JAVA_BYTE, offset - 1) != UNSENT) {
                    return ((long) i << CHUNK_BITS) + offset;
                }
            }
        }
        return 0;
    }

    private static byte fingerprint(long balanceCents) {
        return (byte) (SplitMix.mix(balanceCents) >>> (Long.SIZE - 7));
    }

    private byte read(long id) {
        if (id < 0 || id >= maxCommands) {
            return UNSENT;
        }
        MemorySegment chunk = chunks.get((int) (id >>> CHUNK_BITS));
        return chunk == null ? UNSENT : chunk.get(JAVA_BYTE, id & (CHUNK_BYTES - 1));
    }

    private void write(long id, byte code) {
        if (id < 0 || id >= maxCommands) {
            throw new IllegalArgumentException("command id is " + id + ", allowed are 0 to " + (maxCommands - 1));
        }
        MemorySegment chunk = chunks.get((int) (id >>> CHUNK_BITS));
        if (chunk == null) {
            chunk = newChunk((int) (id >>> CHUNK_BITS));
        }
        chunk.set(JAVA_BYTE, id & (CHUNK_BYTES - 1), code);
    }

    /** Of several threads that come to a new chunk at once, one makes it. */
    private MemorySegment newChunk(int index) {
        MemorySegment mine = MemorySegment.ofArray(new byte[CHUNK_BYTES]);
        MemorySegment others = chunks.compareAndExchange(index, null, mine);
        return others == null ? mine : others;
    }
}
