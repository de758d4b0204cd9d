package fourways.process;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** Writes each frame at once, from any thread, to a socket that a {@link DirectWriter} writes to as well: for what is seldom said and must not wait for its owner to have a batch together. */
final class PromptWriter implements FrameSink {

    private static final System.Logger LOG = System.getLogger(PromptWriter.class.getName());

    private final DirectWriter writer;

    PromptWriter(SocketChannel channel) {
        this.writer = new DirectWriter(channel, FrameCodec.MAX_FRAME_BYTES);
    }

    @Override
    public synchronized void send(Frame frame) {
        try {
            writer.send(frame);
            writer.flush();
        } catch (IOException e) {
            // The owner's next read finds that, too, and ends the process.
            LOG.log(System.Logger.Level.DEBUG, "lost the supervisor", e);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
