package fourways.workload;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Drives a ledger at the ledger's own speed: keeps a number of requests in flight, sending more as they are answered. So it finds out what a
 * ledger can carry; how long a client would wait it cannot tell (coordinated omission).
 *
 * <p>One thread sends, the one that calls {@link #run}. When its window is full it parks until half the window has been answered: a wake-up costs
 * more than a request, and so is shared by many. Answers come on any thread, and touch their own byte of the history and one counter.
 *
 * <pre>
 *   sender:  wakeAt = n (volatile);   park while answered &lt; n
 *   answer:  answered += 1 (atomic);  unpark the sender if that makes wakeAt (volatile)
 * </pre>
 *
 * Each side writes its own variable before it reads the other's, so at least one of them sees both, and no wake-up is missed.
 */
public final class ClosedLoop {

    /** How many are sent between two looks at the clock while the window does not fill; a look costs about as much as a request. */
    private static final int CLOCK_INTERVAL = 64;

    private final Ledger ledger;
    private final Commands commands;
    private final History history;
    private final int inFlight;
    private final long endId;
    private final Thread sender = Thread.currentThread();

    private final AtomicLong answered = new AtomicLong();
    private volatile long wakeAt;
    private final AtomicReference<@Nullable IllegalStateException> breach = new AtomicReference<>();

    // Only the sender uses these.
    private long nextId;
    private long answeredAtOnce;
    /** How many are, or have been, answered by the counter. */
    private long awaited;
    /** What the counter said when the sender last looked: it does so only when the window seems full. */
    private long seen;

    /** Hears when measuring begins and ends, on the sending thread, to measure something else over the same time. */
    public interface Observer {

        default void measuringBegins() {}

        default void measuringEnds() {}
    }

    private ClosedLoop(Ledger ledger, Commands commands, History history, LoopPlan plan) {
        this.ledger = ledger;
        this.commands = commands;
        this.history = history;
        this.inFlight = plan.inFlight();
        this.nextId = plan.firstId();
        this.endId = Math.min(history.maxCommands(), plan.firstId() + plan.maxCommands());
    }

    /** Drives as below, with nobody to observe it. */
    public static LoopResult run(Ledger ledger, Commands commands, History history, LoopPlan plan) {
        return run(ledger, commands, history, plan, new Observer() {});
    }

    /**
     * Drives the ledger from this thread, recording everything in the history. Ends within the plan's three durations even if no answer ever comes, earlier if the
     * commands run out or the history is full, and at once if the thread is interrupted (and leaves it so). Answers that come later are recorded still.
     *
     * @throws IllegalStateException if the ledger breaks its contract: it throws, or completes a future with a failure or with null
     */
    public static LoopResult run(Ledger ledger, Commands commands, History history, LoopPlan plan, Observer observer) {
        return new ClosedLoop(ledger, commands, history, plan).drive(plan, observer);
    }

    private LoopResult drive(LoopPlan plan, Observer observer) {
        // At most half of the commands, so that a fast machine has some left to measure.
        sendFor(plan.warmUp(), nextId + (endId - nextId) / 2);
        long firstMeasured = nextId;
        observer.measuringBegins();
        long answersBefore = answers();
        long startNanos = System.nanoTime();
        sendFor(plan.measured(), endId);
        long elapsedNanos = System.nanoTime() - startNanos;
        long answers = answers() - answersBefore;
        observer.measuringEnds();
        awaitAnswered(awaited, System.nanoTime() + plan.patience().toNanos());
        IllegalStateException broken = breach.get();
        if (broken != null) {
            throw broken;
        }
        long sent = nextId - plan.firstId();
        return new LoopResult(Tally.of(history, firstMeasured, nextId), answers, elapsedNanos, sent, sent - answers());
    }

    private void sendFor(Duration duration, long limitId) {
        long deadlineNanos = System.nanoTime() + duration.toNanos();
        int untilClock = 0;
        while (nextId < limitId) {
            if (awaited - seen == inFlight) {
                awaitAnswered(awaited - inFlight / 2, deadlineNanos);
                seen = answered.get();
                untilClock = 0;
            }
            if (untilClock-- == 0) {
                if (isOver(deadlineNanos)) {
                    return;
                }
                untilClock = CLOCK_INTERVAL;
            }
            send(nextId++);
        }
    }

    private void send(long id) {
        history.sent(id);
        CompletableFuture<Outcome> future = submit(commands.command(id));
        if (future.isDone()) {
            // The common case for refusals at the gate, and for a ledger that works on the caller's thread: no
            // callback, no counting by atomics.
            answeredAtOnce++;
            try {
                record(id, future.join(), null);
            } catch (CompletionException | CancellationException e) {
                record(id, null, e);
            }
        } else {
            awaited++;
            // The future that follows is of no use: the callback throws nothing.
            var _ = future.whenComplete(new Answer(id));
        }
    }

    private CompletableFuture<Outcome> submit(Command command) {
        try {
            return ledger.submit(command);
        } catch (RuntimeException e) {
            throw new IllegalStateException("the ledger threw on " + command, e);
        }
    }

    /** Takes the answer to one request, on the thread that has it. */
    private final class Answer implements BiConsumer<@Nullable Outcome, @Nullable Throwable> {

        private final long id;

        Answer(long id) {
            this.id = id;
        }

        @Override
        public void accept(@Nullable Outcome outcome, @Nullable Throwable failure) {
            record(id, outcome, failure);
            if (answered.incrementAndGet() == wakeAt || outcome == null) {
                LockSupport.unpark(sender);
            }
        }
    }

    private void record(long id, @Nullable Outcome outcome, @Nullable Throwable failure) {
        if (outcome == null) {
            breach.compareAndSet(
                    null,
                    new IllegalStateException("the ledger completed command " + id + " without an outcome", failure));
        } else {
            history.answered(id, outcome);
        }
    }

    private void awaitAnswered(long target, long deadlineNanos) {
        wakeAt = target;
        while (answered.get() < target && !isOver(deadlineNanos)) {
            LockSupport.parkNanos(this, deadlineNanos - System.nanoTime());
        }
    }

    private boolean isOver(long deadlineNanos) {
        return System.nanoTime() - deadlineNanos >= 0 || breach.get() != null || sender.isInterrupted();
    }

    private long answers() {
        return answered.get() + answeredAtOnce;
    }
}
