package fourways.process;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** One end of a socket: frames go out in batches from any thread, and come in on the one thread that {@link #serve serves} it. */
final class Connection implements AutoCloseable {

    private final SocketChannel channel;
    private final String peer;
    private final BatchingWriter writer;

    /**
     * Takes over the channel.
     *
     * @param peer who is at the other end, for threads' names and the log
     * @param limitBytes how much the peer may leave unread before it is cut off
     */
    Connection(SocketChannel channel, String peer, int limitBytes) {
        this.channel = channel;
        this.peer = peer;
        this.writer = new BatchingWriter(channel, peer, limitBytes);
    }

    /** Sends a frame, or drops it if the connection has ended. Never blocks. */
    void send(Frame frame) {
        writer.send(frame);
    }

    /** Why a connection ended, and whether the peer brought that about by doing what it may not. */
    record End(String why, boolean isMisconduct) {}

    /**
     * Hands every frame that comes in to the handler, on this thread, until the connection ends, and only then returns. A frame that makes no sense ends the connection
     * and nothing else.
     */
    End serve(FrameHandler handler) {
        try {
            FrameReader reader = new FrameReader(channel);
            while (reader.readBatch(handler)) {
                // Once more.
            }
            return new End(peer + " has closed the connection", false);
        } catch (MalformedFrameException e) {
            return new End(peer + " has sent something malformed: " + e.getMessage(), true);
        } catch (IOException e) {
            String failure = writer.failure();
            return failure == null
                    ? new End(peer + " cannot be read from: " + e, false)
                    : new End(peer + " " + failure, true);
        } finally {
            Sockets.closeQuietly(channel);
            writer.finish();
        }
    }

    /** Ends the connection because of what the peer has done. */
    void cutOff(String why) {
        writer.fail(why);
    }

    /** Sends no more after what has been sent already; the peer then reads the end of the stream. */
    void finish() {
        writer.finish();
    }

    /** Ends the connection: what has been sent goes out if the peer reads it soon. */
    @Override
    public void close() {
        writer.close();
        Sockets.closeQuietly(channel);
    }
}
