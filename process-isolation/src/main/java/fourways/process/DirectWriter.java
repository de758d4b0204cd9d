package fourways.process;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * Collects frames until their only sender writes them itself: the shortest way out of a worker, which knows by itself when a batch is over. Not thread-safe.
 */
final class DirectWriter implements FrameSink {

    private final SocketChannel channel;
    private final FrameBuffer buffer;

    DirectWriter(SocketChannel channel, int limitBytes) {
        this.channel = channel;
        this.buffer = new FrameBuffer(limitBytes);
    }

    @Override
    public void send(Frame frame) {
        if (!buffer.add(frame)) {
            throw new IllegalStateException("more to send in answer to one batch than the shards can have under way");
        }
    }

    /** In one piece, also if others write to the same socket. */
    @Override
    public void flush() throws IOException {
        if (!buffer.isEmpty()) {
            synchronized (channel) {
                buffer.writeTo(channel);
            }
        }
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
