package fourways.workload;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One daemon thread that looks at {@link Pulse}s and says when an owner has been busy with the same thing for longer than a deadline, once, and when it comes
 * back from it. It finds out and does nothing about it.
 *
 * <p>The time is that which the watchdog itself was awake ({@link AwakeClock}). So what is said to take long took at least as long, and is found at the latest two looks after the
 * deadline, on a machine that is not starved.
 *
 * <p>Thread-safe.
 */
public final class Watchdog implements AutoCloseable {

    /** Hears what the watchdog finds; on its thread, so all others go unwatched until it returns. What it throws is logged. */
    public interface Listener {

        /** The owner has been busy with this for longer than the deadline. It may have come back in this very moment: {@link Pulse#isAt} tells. */
        void stuck(Pulse pulse, Pulse.Beat beat, long busyMillis);

        /** The owner that was said to be stuck is not any more: a late wake-up, of which whoever took its place has to know. */
        void back(Pulse pulse, Pulse.Beat beat, long busyMillis);
    }

    private static final System.Logger LOG = System.getLogger(Watchdog.class.getName());

    /** One a shard, of which there are 1,024 at most, and as many again for owners that are stuck and have been replaced, four times over. */
    static final int MAX_PULSES = 4_096;

    private static final int LOOKS_PER_DEADLINE = 5;

    /** Longer than any listener takes that does not block; it is the only thing that close may have to wait for. */
    private static final long CLOSE_PATIENCE_MILLIS = 1_000;

    private final long deadlineNanos;
    private final long intervalNanos;
    private final Listener listener;
    private final List<Watched> watched = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /** Touched by the watchdog's thread only. */
    private final AwakeClock clock;

    Watchdog(String name, int deadlineMillis, Listener listener, long nowNanos) {
        this.deadlineNanos = TimeUnit.MILLISECONDS.toNanos(deadlineMillis);
        this.intervalNanos = Math.max(1, deadlineNanos / LOOKS_PER_DEADLINE);
        this.listener = listener;
        this.clock = new AwakeClock(intervalNanos, nowNanos);
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::watch);
    }

    /** Starts a watchdog of that name, for a deadline as in {@link LedgerConfig#deadlineMillis()}. */
    public static Watchdog start(String name, int deadlineMillis, Listener listener) {
        Watchdog watchdog = new Watchdog(name, deadlineMillis, listener, System.nanoTime());
        watchdog.thread.start();
        return watchdog;
    }

    /** One pulse and what is known of it. All but the pulse is touched by the watchdog's thread only. */
    private static final class Watched {
        private final Pulse pulse;
        private long number;
        private long sinceNanos;
        private Pulse.@Nullable Beat stuck;

        Watched(Pulse pulse) {
            this.pulse = pulse;
            this.number = -1;
        }
    }

    /**
     * Has one more pulse watched, from the next look on.
     *
     * @throws IllegalStateException if there are as many as there may be
     */
    public synchronized void add(Pulse pulse) {
        if (watched.size() == MAX_PULSES) {
            throw new IllegalStateException(MAX_PULSES + " pulses are watched already, allowed are no more");
        }
        watched.add(new Watched(pulse));
    }

    /** Has a pulse watched no longer. If it was said to be stuck, nobody hears of its coming back. */
    public synchronized void remove(Pulse pulse) {
        watched.removeIf(each -> each.pulse == pulse);
    }

    private void watch() {
        while (!closedWithin(intervalNanos)) {
            look(System.nanoTime());
        }
    }

    private boolean closedWithin(long nanos) {
        try {
            return closed.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // Nobody but a listener can have set the flag; it means nothing here, and is clear now.
            return false;
        }
    }

    void look(long nowNanos) {
        long awakeNanos = clock.look(nowNanos);
        watched.forEach(each -> look(each, awakeNanos));
    }

    private void look(Watched each, long awakeNanos) {
        long number = each.pulse.number();
        long busyMillis = TimeUnit.NANOSECONDS.toMillis(awakeNanos - each.sinceNanos);
        if (number != each.number) {
            Pulse.Beat over = each.stuck;
            each.stuck = null;
            each.number = number;
            each.sinceNanos = awakeNanos;
            if (over != null) {
                tell(() -> listener.back(each.pulse, over, busyMillis));
            }
        } else if (each.stuck == null && awakeNanos - each.sinceNanos >= deadlineNanos) {
            Pulse.Beat beat = each.pulse.beat();
            if (beat != null && beat.number() == number) {
                each.stuck = beat;
                tell(() -> listener.stuck(each.pulse, beat, busyMillis));
            }
        }
    }

    private void tell(Runnable news) {
        try {
            news.run();
        } catch (Throwable e) {
            // Whatever it is: without a watchdog nothing stuck would ever be noticed again.
            LOG.log(Level.ERROR, thread.getName() + ": its listener failed", e);
        }
    }

    /** Ends the watchdog. Nothing is said after this has returned, unless a listener takes longer than a second or is itself the caller. */
    @Override
    public void close() {
        closed.countDown();
        if (Thread.currentThread() != thread) {
            try {
                thread.join(CLOSE_PATIENCE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
