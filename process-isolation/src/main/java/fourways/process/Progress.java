package fourways.process;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Says that the thread of a worker gets on with what it was sent. That thread answers when it is through with a batch, a heartbeat's frame behind all others; with a thousand slow requests that takes long, and
 * who only waits for the answer takes a worker that is busy for one that hangs. So a thread beside it tells the supervisor now and then, if another frame has been dealt with meanwhile. It knows of no
 * other work: with a worker that is stopped, or does not come back from a request, it has nothing to tell.
 */
final class Progress implements AutoCloseable {

    private final FrameSink out;
    private final Duration interval;

    /** How many frames the worker's thread has dealt with; nobody else writes it. */
    private final AtomicLong handled = new AtomicLong();

    private volatile boolean closed;

    /** For a test, without a thread; arguments as in {@link #start}. */
    Progress(FrameSink out, Duration interval) {
        this.out = out;
        this.interval = interval;
    }

    /** The worker's thread is through with a frame. */
    void made() {
        handled.lazySet(handled.getPlain() + 1);
    }

    /**
     * Tells it from now on, until it is closed.
     *
     * @param out takes frames from any thread, and writes them soon
     * @param interval from one look to the next
     */
    static Progress start(FrameSink out, Duration interval) {
        Progress progress = new Progress(out, interval);
        Thread.ofPlatform().daemon().name("progress").start(progress::tellOn);
        return progress;
    }

    private void tellOn() {
        long told = 0;
        while (!closed) {
            LockSupport.parkNanos(interval.toNanos());
            told = tell(told);
        }
    }

    /** Tells if there is more than was told before, and returns how much there is. */
    long tell(long told) {
        long now = handled.get();
        if (now != told) {
            out.send(new Frame.Progress());
        }
        return now;
    }

    /** Its thread ends after one more look. */
    @Override
    public void close() {
        closed = true;
    }
}
