package fourways.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Reads frames in batches: one read takes whatever the other end has written meanwhile. Not thread-safe. */
final class FrameReader {

    /** Some thousand frames of the usual size; more a read would only make the first of them wait. */
    private static final int BUFFER_BYTES = 1 << 17;

    private final ReadableByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    FrameReader(ReadableByteChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits until there is something to read, and hands over all frames that are complete.
     *
     * @return false if the other end has closed the connection
     */
    boolean readBatch(FrameHandler handler) throws IOException {
        if (channel.read(buffer) < 0) {
            return false;
        }
        buffer.flip();
        for (Frame frame = FrameCodec.decode(buffer); frame != null; frame = FrameCodec.decode(buffer)) {
            handler.handle(frame);
        }
        // What is left is less than a frame, and so less than the buffer.
        buffer.compact();
        return true;
    }
}
