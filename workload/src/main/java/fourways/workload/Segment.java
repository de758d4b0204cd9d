package fourways.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * One mapped journal file: records one after the other, each at a multiple of 8 bytes, and zeros after the last.
 *
 * <pre>
 *   record: length (4 bytes) | CRC32C of the payload (4) | payload (length) | zeros up to a multiple of 8
 * </pre>
 *
 * The two header fields are one long, stored after the payload with release semantics: whoever finds it finds the payload too, and a writer that is
 * killed in between leaves a zero header. All numbers are little-endian. The file's space was written with zeros before it was mapped, for a store into
 * a mapped page that the disk has no room for is not an exception but the end of the process.
 *
 * <p>Not thread-safe, but {@link #force} and {@link #close} may come from other threads. What uses a closed segment gets an {@link IllegalStateException}.
 */
final class Segment implements AutoCloseable {

    static final int HEADER_BYTES = 8;

    private static final VarHandle HEADER =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 16);
    private static final MemorySegment BLANK = MemorySegment.ofBuffer(ZEROS).asReadOnly();
    private static final int PAGE_BYTES = 4_096;

    /** The records of a few requests. More would drive from the cache what the other shards' owners need. */
    private static final int FETCH_BYTES = 1_024;

    private final Arena arena;
    private final MemorySegment memory;

    /** The same memory, for records: without the layouts that a process has to make before it can use them once, and one that replaces another has no time for. */
    private final ByteBuffer view;

    private final CRC32C crc = new CRC32C();
    private Path file;
    private long position;

    /** Up to here the file is likely to be in the processor's cache. */
    private long fetched;

    private Segment(Path file, Arena arena, MemorySegment memory) {
        this.file = file;
        this.arena = arena;
        this.memory = memory;
        this.view = memory.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Makes a new file of that many bytes; if it cannot have them all, a part of it may be left behind. */
    static Segment create(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                OwnerOnly.FILE)) {
            writeZeros(channel, bytes);
            return map(file, channel, MapMode.READ_WRITE);
        }
    }

    static Segment open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return map(file, channel, MapMode.READ_WRITE);
        }
    }

    static Segment openReadOnly(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return map(file, channel, MapMode.READ_ONLY);
        }
    }

    /** Makes the size of a file that was cut a multiple of a page again. */
    static void pad(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            writeZeros(channel, roundUp(channel.size(), PAGE_BYTES) - channel.size());
        }
    }

    private static void writeZeros(FileChannel channel, long bytes) throws IOException {
        for (long left = bytes; left > 0; ) {
            left -= channel.write(ZEROS.slice(0, (int) Math.min(left, ZEROS.capacity())));
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // It is closed with the segment.
    private static Segment map(Path file, FileChannel channel, MapMode mode) throws IOException {
        if (channel.size() > Integer.MAX_VALUE) {
            throw new IOException(
                    file + " has " + channel.size() + " bytes, a journal file at most " + Integer.MAX_VALUE);
        }
        // Shared, for it is closed by whoever closes the shard; and unmapped then, not when a garbage collection gets
        // to it.
        Arena arena = Arena.ofShared();
        try {
            return new Segment(file, arena, channel.map(mode, 0, channel.size(), arena));
        } catch (IOException | RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    static long roundUp(long bytes, int multiple) {
        return (bytes + multiple - 1) / multiple * multiple;
    }

    /** What a record with such a payload takes. */
    static long recordBytes(long payloadBytes) {
        return HEADER_BYTES + roundUp(payloadBytes, Long.BYTES);
    }

    Path file() {
        return file;
    }

    /** Gives the file another name, in one step. */
    void moveTo(Path name) throws IOException {
        Files.move(file, name, StandardCopyOption.ATOMIC_MOVE);
        file = name;
    }

    /** Makes it as blank as a new one, at the cost of memory only: the file has its space, and the process its mapping. */
    void clear() {
        memory.fill((byte) 0);
        position = 0;
        fetched = 0;
    }

    long size() {
        return memory.byteSize();
    }

    /** Whether the file was cut at a place where no segment ends. */
    boolean isRagged() {
        return size() % PAGE_BYTES != 0;
    }

    /** Where the next record will be. */
    long position() {
        return position;
    }

    /** Writes a record. The caller has seen to it that there is room. */
    void append(byte[] payload, int length) {
        long next = position + recordBytes(length);
        if (next > fetched) {
            fetch();
        }
        crc.reset();
        crc.update(payload, 0, length);
        view.put((int) position + HEADER_BYTES, payload, 0, length);
        HEADER.setRelease(view, (int) position, crc.getValue() << Integer.SIZE | length);
        position = next;
    }

    /**
     * Writes zeros over the zeros where the next records will be. The file has left the cache since it was made, and each record's store would have to wait for memory, at the latest
     * when a lock is given back; for many stores in a row the processor waits once.
     */
    private void fetch() {
        fetched = Math.min(position + FETCH_BYTES, size());
        memory.asSlice(position, fetched - position).fill((byte) 0);
    }

    /** The payload length that the header at an offset claims, or 0 if there is no room for a record of that length. */
    int claimedLength(long offset) {
        if (offset + HEADER_BYTES > size()) {
            return 0;
        }
        int length = (int) view.getLong((int) offset);
        return length > 0 && offset + HEADER_BYTES + length <= size() ? length : 0;
    }

    /** Whether nobody ever completed a record there. */
    boolean isBlankAt(long offset) {
        return offset + HEADER_BYTES > size() || view.getLong((int) offset) == 0;
    }

    /** Reads a record whose payload has exactly the length of the array; tells whether a whole one is at that offset. */
    boolean read(long offset, byte[] payload) {
        if (claimedLength(offset) != payload.length) {
            return false;
        }
        long header = view.getLong((int) offset);
        view.get((int) offset + HEADER_BYTES, payload, 0, payload.length);
        crc.reset();
        crc.update(payload, 0, payload.length);
        return crc.getValue() == header >>> Integer.SIZE;
    }

    /** Whether nobody ever wrote anything from there to the end. */
    boolean isBlankFrom(long offset) {
        return firstWritten(offset) == size();
    }

    /** The first byte from an offset on that is not zero, or the size. By blocks: all that a recovery has to look at is this and the records. */
    private long firstWritten(long offset) {
        for (long at = offset; at < size(); at += BLANK.byteSize()) {
            long bytes = Math.min(BLANK.byteSize(), size() - at);
            long mismatch = MemorySegment.mismatch(memory, at, at + bytes, BLANK, 0, bytes);
            if (mismatch >= 0) {
                return at + mismatch;
            }
        }
        return size();
    }

    /** Goes on at an offset, and clears what lies behind it, so that the rest of a torn record can never pass for one. */
    void continueAt(long offset) {
        // Page by page: writing zeros over zeros would make every page of the file dirty.
        for (long at = firstWritten(offset); at < size(); at = firstWritten(at)) {
            long endOfPage = Math.min(roundUp(at + 1, PAGE_BYTES), size());
            memory.asSlice(at, endOfPage - at).fill((byte) 0);
        }
        position = offset;
    }

    /** Makes every page dirty: the kernel calls a page clean even if writing it to the disk has failed. */
    void touch() {
        for (long at = 0; at < size(); at += PAGE_BYTES) {
            view.putLong((int) at, view.getLong((int) at));
        }
    }

    /** Returns once everything in the file is on the disk. */
    void force() throws IOException {
        try {
            memory.force();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
