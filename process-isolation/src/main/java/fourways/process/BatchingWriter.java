package fourways.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames from any number of threads to a socket, never making one of them wait for it.
 *
 * <p>Two buffers: senders append to one under a short lock, while the writer's own thread writes the other with one call; then they change places. Batches
 * form by themselves: the longer a write takes, the more the next one carries.
 *
 * <p>Bounded by {@code limitBytes}, which whoever makes the writer sets above what a healthy peer can ever leave unread. A peer that lets more pile up is too slow:
 * its connection is closed, which its reader notices.
 */
final class BatchingWriter implements FrameSink {

    private static final int INITIAL_BYTES = 1 << 16;

    private final SocketChannel channel;
    private final int limitBytes;
    private final Thread thread;

    private final Object lock = new Object();

    /** Guarded by the lock, as all below. */
    private ByteBuffer filling = ByteBuffer.allocateDirect(INITIAL_BYTES);

    /** Whether the thread waits for something to write. */
    private boolean idle;

    /** Whether no more frames are taken. */
    private boolean finished;

    /** Why what was taken cannot be written; null as long as it can. */
    private @Nullable String failure;

    BatchingWriter(SocketChannel channel, String peer, int limitBytes) {
        this.channel = channel;
        this.limitBytes = limitBytes;
        this.thread = Thread.ofPlatform().daemon().name(peer + "-writer").start(this::run);
    }

    @Override
    public void send(Frame frame) {
        synchronized (lock) {
            if (finished || !makeRoom()) {
                return;
            }
            FrameCodec.encode(frame, filling);
            if (idle) {
                idle = false;
                lock.notify();
            }
        }
    }

    /** There is nothing to do: the thread does it. */
    @Override
    public void flush() {}

    private boolean makeRoom() {
        if (filling.position() > limitBytes - FrameCodec.MAX_FRAME_BYTES) {
            fail("is too slow: it has left " + filling.position() + " bytes unread, allowed are " + limitBytes);
            return false;
        }
        if (filling.remaining() < FrameCodec.MAX_FRAME_BYTES) {
            filling = ByteBuffer.allocateDirect(2 * filling.capacity()).put(filling.flip());
        }
        return true;
    }

    private void run() {
        ByteBuffer writing = ByteBuffer.allocateDirect(INITIAL_BYTES);
        try {
            for (ByteBuffer batch = swap(writing); batch != null; batch = swap(writing)) {
                writing = batch.flip();
                while (writing.hasRemaining()) {
                    channel.write(writing);
                }
            }
            channel.shutdownOutput();
        } catch (IOException e) {
            fail("cannot be written to: " + e);
        } catch (InterruptedException e) {
            fail("is cut off: its writer was interrupted");
        }
    }

    /** Waits for something to write, and leaves the empty buffer in exchange; null if nothing ever comes again. */
    private @Nullable ByteBuffer swap(ByteBuffer empty) throws InterruptedException {
        synchronized (lock) {
            while (filling.position() == 0) {
                if (finished) {
                    return null;
                }
                idle = true;
                lock.wait();
            }
            ByteBuffer full = filling;
            filling = empty.clear();
            return full;
        }
    }

    private void fail(String why) {
        synchronized (lock) {
            finished = true;
            failure = failure == null ? why : failure;
            filling.clear();
            lock.notify();
        }
        Sockets.closeQuietly(channel);
    }

    /** Why the connection is of no more use to this writer, if it is not. */
    @Nullable
    String failure() {
        synchronized (lock) {
            return failure;
        }
    }

    /** Takes no more frames. Those taken are still written; then the other end reads the end of the stream. */
    void finish() {
        synchronized (lock) {
            finished = true;
            lock.notify();
        }
    }

    /** Waits until everything is written after {@link #finish}, but no longer than so. */
    void await(long patienceMillis) {
        try {
            TimeUnit.MILLISECONDS.timedJoin(thread, patienceMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
