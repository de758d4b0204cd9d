package fourways.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Frames that wait to be written together, as bytes. Grows as needed up to its limit, and stays as large as it once was. Not thread-safe. */
final class FrameBuffer {

    private static final int INITIAL_BYTES = 1 << 16;

    private final int limitBytes;
    private ByteBuffer bytes = ByteBuffer.allocateDirect(INITIAL_BYTES);

    FrameBuffer(int limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Appends a frame, unless that might take more than the limit. */
    boolean add(Frame frame) {
        if (bytes.position() > limitBytes - FrameCodec.MAX_FRAME_BYTES) {
            return false;
        }
        if (bytes.remaining() < FrameCodec.MAX_FRAME_BYTES) {
            bytes = ByteBuffer.allocateDirect(2 * bytes.capacity()).put(bytes.flip());
        }
        FrameCodec.encode(frame, bytes);
        return true;
    }

    boolean isEmpty() {
        return bytes.position() == 0;
    }

    void clear() {
        bytes.clear();
    }

    /** Writes everything, usually with one call, and is empty then. */
    void writeTo(SocketChannel channel) throws IOException {
        bytes.flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        bytes.clear();
    }
}
