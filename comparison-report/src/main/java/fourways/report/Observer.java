package fourways.report;

import fourways.workload.Command;
import fourways.workload.Commands;
import fourways.workload.History;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Located;
import fourways.workload.Outcome.Refused;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A client that sends requests to all shards on a {@link Schedule}, whatever becomes of them, and notes when each was answered and how. One thread of its own
 * sends; answers come on the thread of whoever has them. Memory is bounded by the schedule.
 */
final class Observer implements AutoCloseable {

    private final Commands commands;
    private final LedgerConfig config;
    private final Schedule schedule;
    private final History history;
    private final AtomicReferenceArray<@Nullable Answer> answers;
    private final long[] lagNanos;
    private final CountDownLatch unanswered;
    private final Thread thread;

    /** Null while there is nobody to send to. */
    private volatile @Nullable Ledger ledger;

    /** When the schedule began; set before the thread starts. */
    private long startNanos;

    /** @param afterNanos after the intended time */
    private record Answer(long afterNanos, boolean served) {}

    Observer(Commands commands, LedgerConfig config, Schedule schedule) {
        this.commands = commands;
        this.config = config;
        this.schedule = schedule;
        this.history = new History(schedule.requests());
        this.answers = new AtomicReferenceArray<>(schedule.requests());
        this.lagNanos = new long[schedule.requests()];
        this.unanswered = new CountDownLatch(schedule.requests());
        this.thread = Thread.ofPlatform().daemon().name("observer").unstarted(this::sendAll);
    }

    void start(Ledger target) {
        ledger = target;
        startNanos = System.nanoTime();
        thread.start();
    }

    /** From now on requests go there; with null, they are lost before anyone gets them, and counted as not served. */
    void redirect(@Nullable Ledger target) {
        ledger = target;
    }

    /** Milliseconds since the schedule began. */
    long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    }

    private void sendAll() {
        for (int request = 0; request < schedule.requests(); request++) {
            long intendedNanos = startNanos + schedule.intendedNanos(request);
            for (long early = intendedNanos - System.nanoTime(); early > 0; early = intendedNanos - System.nanoTime()) {
                if (Thread.interrupted()) {
                    return;
                }
                LockSupport.parkNanos(early);
            }
            lagNanos[request] = System.nanoTime() - intendedNanos;
            send(request, intendedNanos);
        }
    }

    private void send(int request, long intendedNanos) {
        Ledger target = ledger;
        if (target == null) {
            unanswered.countDown();
            return;
        }
        history.sent(request);
        var _ = target.submit(commands.command(request)).thenAccept(outcome -> {
            history.answered(request, outcome);
            answers.set(request, new Answer(System.nanoTime() - intendedNanos, isServed(outcome)));
            unanswered.countDown();
        });
    }

    /** A shard that says "no" to what its rules forbid serves; one that nobody can ask does not. */
    private static boolean isServed(Outcome outcome) {
        return switch (outcome) {
            case Accepted _, Located _ -> true;
            case Indeterminate _ -> false;
            case Refused refused ->
                switch (refused.reason()) {
                    case OVERLOADED, UNAVAILABLE, QUARANTINED -> false;
                    case UNKNOWN_ACCOUNT,
                            UNKNOWN_SHARD,
                            UNKNOWN_FAULT,
                            SAME_ACCOUNT,
                            INVALID_AMOUNT,
                            INSUFFICIENT_FUNDS -> true;
                };
        };
    }

    /** Waits until the schedule is through and every request is answered or beyond its deadline. */
    void awaitEnd() throws InterruptedException {
        thread.join();
        unanswered.await(Schedule.DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What was sent and heard, for the checker. */
    History history() {
        return history;
    }

    /** For after the end. */
    Observation observation() {
        Observation observation = new Observation(config.shards(), schedule.buckets());
        for (int request = 0; request < schedule.requests(); request++) {
            Answer answer = answers.get(request);
            boolean ok = answer != null && answer.served() && answer.afterNanos() <= Schedule.DEADLINE.toNanos();
            Command command = commands.command(request);
            if (EvenLoad.crosses(command, config)) {
                observation.addCrossing(schedule.bucketOf(request), ok);
            } else {
                observation.add(config.shardOf(command), schedule.bucketOf(request), ok);
            }
        }
        return observation;
    }

    /** For after the end. */
    Punctuality punctuality() {
        return Punctuality.of(lagNanos);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
