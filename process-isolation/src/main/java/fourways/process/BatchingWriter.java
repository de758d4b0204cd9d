package fourways.process;

import java.io.IOException;
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

    /** How long {@link #close} lets the peer take its time to read what has been sent. */
    private static final long CLOSE_PATIENCE_MILLIS = 1_000;

    private final SocketChannel channel;
    private final int limitBytes;
    private final Thread thread;

    private final Object lock = new Object();

    /** Guarded by the lock, as all below. */
    private FrameBuffer filling;

    /** Whether the thread waits for something to write. */
    private boolean idle;

    /** Whether no more frames are taken. */
    private boolean finished;

    /** Why what was taken cannot be written; null as long as it can. */
    private @Nullable String failure;

    BatchingWriter(SocketChannel channel, String peer, int limitBytes) {
        this.channel = channel;
        this.limitBytes = limitBytes;
        this.filling = new FrameBuffer(limitBytes);
        this.thread = Thread.ofPlatform().daemon().name(peer + "-writer").start(this::run);
    }

    @Override
    public void send(Frame frame) {
        synchronized (lock) {
            if (finished) {
                return;
            }
            if (!filling.add(frame)) {
                fail("is too slow: it has left more unread than the " + limitBytes + " bytes allowed");
            } else if (idle) {
                idle = false;
                lock.notify();
            }
        }
    }

    /** There is nothing to do: the thread does it. */
    @Override
    public void flush() {}

    private void run() {
        FrameBuffer empty = new FrameBuffer(limitBytes);
        try {
            while (awaitFrames()) {
                FrameBuffer batch = swap(empty);
                batch.writeTo(channel);
                empty = batch;
            }
            channel.shutdownOutput();
        } catch (IOException e) {
            fail("cannot be written to: " + e);
        } catch (InterruptedException e) {
            fail("is cut off: its writer was interrupted");
        }
    }

    /** Returns when there is something to write; false if there is nothing and never will be. */
    @SuppressWarnings("ThreadPriorityCheck")
    private boolean awaitFrames() throws InterruptedException {
        synchronized (lock) {
            if (!filling.isEmpty()) {
                return true;
            }
            while (filling.isEmpty()) {
                if (finished) {
                    return false;
                }
                idle = true;
                lock.wait();
            }
        }
        // Who wakes the writer seldom has one frame only: if there is no core for both, better that the sender goes on
        // than that its first frame is written
        // alone. Nothing but the size of the batch depends on it.
        Thread.yield();
        return true;
    }

    private FrameBuffer swap(FrameBuffer empty) {
        synchronized (lock) {
            FrameBuffer full = filling;
            filling = empty;
            return full;
        }
    }

    /** Ends the connection. What was taken and not written is dropped. */
    void fail(String why) {
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

    @Override
    public void close() {
        finish();
        try {
            TimeUnit.MILLISECONDS.timedJoin(thread, CLOSE_PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
