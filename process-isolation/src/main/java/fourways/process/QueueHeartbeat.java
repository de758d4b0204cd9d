package fourways.process;

import fourways.workload.AwakeClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes a worker for alive only if a beat that went through its own queue, behind all requests that were sent before, comes back in time, or at least the word that the worker gets on with what is before it ({@link Progress}). So what counts is not that there
 * is a process, but that it does its work: one that was stopped, or whose only thread does not come back from a request, is found alike, and killed.
 *
 * <p>One daemon thread for all workers, which only ever puts frames into buffers and sends signals, so nothing that workers do or leave undone can hold it up.
 *
 * <p>What counts is only the time in which the answer could have come. Not that in which this thread itself was not awake ({@link AwakeClock}): a supervisor that stood still, and could not hear anything, blames
 * nobody for it. And not that in which the worker's threads were ready to run and had no core ({@link CoreWait}): on a machine that has too much to do, killing those that wait makes it worse. Since threads that
 * wait at the same time are counted each, and a worker that spins waits as well where others want its core, this goes only so far: after a few deadlines a worker that is silent is killed in any case.
 */
final class QueueHeartbeat implements Heartbeat {

    /** As many looks at each worker in the time of one deadline. */
    private static final int LOOKS_PER_DEADLINE = 20;

    /**
     * A worker may fall silent just after a look, and its silence is noticed at a look; and what it says of its progress is as old as the time between two looks. So that from its first silent
     * moment to its end no more than the deadline passes, it is given the deadline less these three.
     */
    private static final int LOOKS_OF_PATIENCE = LOOKS_PER_DEADLINE - 3;

    /** How many deadlines a worker may be silent for want of a core. */
    private static final int MOST_DEADLINES = 4;

    private final long intervalNanos;
    private final List<Observed> observed = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Touched by the thread of the heartbeat only. */
    private final AwakeClock clock;

    /**
     * The time from one look to the next. Reckoned in whole numbers: to divide a {@link Duration} loads the classes of decimal fractions, for which nobody has the time when a spare takes over.
     */
    static Duration interval(int deadlineMillis) {
        return Duration.ofNanos(TimeUnit.MILLISECONDS.toNanos(deadlineMillis) / LOOKS_PER_DEADLINE);
    }

    QueueHeartbeat(int deadlineMillis, long nowNanos) {
        this.intervalNanos = interval(deadlineMillis).toNanos();
        this.clock = new AwakeClock(intervalNanos, nowNanos);
    }

    /** Starts it, for a deadline as in {@link fourways.workload.LedgerConfig#deadlineMillis()}. */
    static QueueHeartbeat start(int deadlineMillis) {
        QueueHeartbeat heartbeat = new QueueHeartbeat(deadlineMillis, System.nanoTime());
        Thread.ofPlatform().daemon().name("heartbeat").start(heartbeat::run);
        return heartbeat;
    }

    private final class Observed implements Line {
        private final Patient worker;

        /** The number of the last beat that came back. */
        private volatile long heard;

        /** Since the last look. */
        private volatile boolean progressed;

        // Touched by the thread of the heartbeat only.
        private long sent;
        private long silentSinceNanos;

        /** Measures from the first look that found no answer: nearly all are there by then, and it takes reading many small files. Null until then. */
        private @Nullable LongSupplier coreWait;

        Observed(Patient worker) {
            this.worker = worker;
        }

        /** Sends a beat as soon as the one before has come back, and never a second one. */
        void look() {
            if (progressed) {
                progressed = false;
                silentSinceNanos = clock.awakeNanos();
                coreWait = null;
            }
            long silentNanos = clock.awakeNanos() - silentSinceNanos;
            if (heard == sent) {
                sent++;
                silentSinceNanos = clock.awakeNanos();
                coreWait = null;
                worker.send(new Frame.Beat(sent));
            } else if (coreWait == null) {
                coreWait = worker.coreWait();
            } else if (silentNanos >= LOOKS_OF_PATIENCE * intervalNanos) {
                judge(silentNanos, Math.min(coreWait.getAsLong(), silentNanos));
            }
        }

        private void judge(long silentNanos, long waitedNanos) {
            if (silentNanos - waitedNanos >= LOOKS_OF_PATIENCE * intervalNanos
                    || silentNanos >= MOST_DEADLINES * LOOKS_PER_DEADLINE * intervalNanos) {
                close();
                worker.hangs(
                        "has not answered a heartbeat, nor got on, for " + TimeUnit.NANOSECONDS.toMillis(silentNanos)
                                + " ms, and has waited for a core for " + TimeUnit.NANOSECONDS.toMillis(waitedNanos)
                                + " ms of them, and is killed");
            }
        }

        @Override
        public void heard(Frame.Beat beat) {
            heard = beat.number();
        }

        @Override
        public void progressed() {
            progressed = true;
        }

        @Override
        public void close() {
            observed.remove(this);
        }
    }

    @Override
    public Line observe(Patient worker) {
        Observed line = new Observed(worker);
        observed.add(line);
        return line;
    }

    private void run() {
        while (!isClosedWithin(intervalNanos)) {
            look(System.nanoTime());
        }
    }

    private boolean isClosedWithin(long nanos) {
        try {
            return closed.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // Nobody interrupts it; if somebody does, workers are still to be observed.
            return false;
        }
    }

    void look(long nowNanos) {
        clock.look(nowNanos);
        observed.forEach(Observed::look);
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
