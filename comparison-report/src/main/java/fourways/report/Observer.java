package fourways.report;

import fourways.workload.Commands;
import fourways.workload.History;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A client that sends requests to all shards on a {@link Schedule}, whatever becomes of them, and notes whether each was served in time. One thread of its own
 * sends; answers come on the thread of whoever has them. Memory is bounded by the schedule, some bytes a request.
 */
final class Observer implements AutoCloseable {

    private static final int UNDECIDED = 0;
    private static final int OK = 1;
    private static final int NOT_OK = 2;

    /** A second, and a bucket at either end that is not whole. */
    private static final long STEADY_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000 + 2 * Schedule.BUCKET_MILLIS);

    private final Commands commands;
    private final LedgerConfig config;
    private final Schedule schedule;
    private final History history;

    /** By request: 0 until it is answered. */
    private final AtomicIntegerArray answers;

    // Written before the answer to the request is, and read after it.
    private final @Nullable Outcome[] outcomes;
    private final long[] answeredNanos;

    private final long[] lagNanos;
    private final CountDownLatch unanswered;
    private final Thread thread;

    /** Whether to end at the next bucket, before the schedule does. */
    private volatile boolean ending;

    /** How many requests there were in the end; for after the end. */
    private volatile int requests;

    /** Null while there is nobody to send to. */
    private volatile @Nullable Ledger ledger;

    /** When the schedule began; set before the thread starts. */
    private long startNanos;

    Observer(Commands commands, LedgerConfig config, Schedule schedule) {
        this.commands = commands;
        this.config = config;
        this.schedule = schedule;
        this.history = new History(schedule.requests());
        this.answers = new AtomicIntegerArray(schedule.requests());
        this.outcomes = new Outcome[schedule.requests()];
        this.answeredNanos = new long[schedule.requests()];
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

    /** Sends nothing more from the next bucket on. */
    void end() {
        ending = true;
    }

    private void sendAll() {
        int request = 0;
        for (; request < schedule.requests() && !(ending && schedule.isFirstOfBucket(request)); request++) {
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
        requests = request;
        for (; request < schedule.requests(); request++) {
            unanswered.countDown();
        }
    }

    /**
     * Waits until what was sent from some time on was served for a full second on end, and a bit, so that whole buckets fill it, and nothing after that is known to have
     * gone wrong.
     *
     * @param fromMillis whatever was before does not matter
     * @param notBeforeMillis to go on waiting until then in any case
     * @param untilMillis to give up then
     * @return whether it came about, before the sending ended
     */
    boolean awaitSteady(long fromMillis, long notBeforeMillis, long untilMillis) throws InterruptedException {
        int steadyFrom = schedule.firstAt(fromMillis);
        int decided = steadyFrom;
        while (nowMillis() < untilMillis && thread.isAlive()) {
            for (int state = state(decided); state != UNDECIDED; state = state(decided)) {
                decided++;
                steadyFrom = state == OK ? steadyFrom : decided;
            }
            if (nowMillis() >= notBeforeMillis
                    && schedule.intendedNanos(decided) - schedule.intendedNanos(steadyFrom) >= STEADY_NANOS) {
                return true;
            }
            thread.join(Schedule.BUCKET_MILLIS);
        }
        return false;
    }

    /** A request that is not answered is not served only when its deadline is over. */
    private int state(int request) {
        if (request >= schedule.requests()) {
            return UNDECIDED;
        }
        int state = answers.get(request);
        long dueMillis = TimeUnit.NANOSECONDS.toMillis(schedule.intendedNanos(request)) + Schedule.DEADLINE.toMillis();
        return state == UNDECIDED && nowMillis() > dueMillis ? NOT_OK : state;
    }

    private void send(int request, long intendedNanos) {
        Ledger target = ledger;
        if (target == null) {
            answers.set(request, NOT_OK);
            unanswered.countDown();
            return;
        }
        history.sent(request);
        var _ = target.submit(commands.command(request)).thenAccept(outcome -> {
            history.answered(request, outcome);
            long latencyNanos = System.nanoTime() - intendedNanos;
            outcomes[request] = outcome;
            answeredNanos[request] = schedule.intendedNanos(request) + latencyNanos;
            boolean inTime = latencyNanos <= Schedule.DEADLINE.toNanos();
            answers.set(request, inTime && ObservedRequest.isServed(outcome) ? OK : NOT_OK);
            unanswered.countDown();
        });
    }

    /** Waits until the schedule is through and every request is answered or beyond its deadline. */
    void awaitEnd() throws InterruptedException {
        thread.join();
        unanswered.await(Schedule.DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How many were sent; for after the end. */
    int requests() {
        return requests;
    }

    /** The n-th of {@link #requests}; for after the end. */
    ObservedRequest request(int request) {
        int answer = answers.get(request);
        Outcome outcome = answer == UNDECIDED ? null : outcomes[request];
        return new ObservedRequest(
                commands.command(request),
                TimeUnit.NANOSECONDS.toMicros(schedule.intendedNanos(request)),
                history.state(request) == History.State.UNSENT
                        ? null
                        : TimeUnit.NANOSECONDS.toMicros(schedule.intendedNanos(request) + lagNanos[request]),
                outcome == null ? null : TimeUnit.NANOSECONDS.toMicros(answeredNanos[request]),
                outcome,
                answer == OK);
    }

    /** All of them, by number; for after the end. */
    List<ObservedRequest> allRequests() {
        return IntStream.range(0, requests).mapToObj(this::request).toList();
    }

    /** What was sent and heard, for the checker. */
    History history() {
        return history;
    }

    /** For after the end. */
    Observation observation() {
        int buckets = requests == 0 ? 0 : schedule.bucketOf(requests - 1) + 1;
        Observation observation = new Observation(config.shards(), buckets);
        for (int request = 0; request < requests; request++) {
            ObservedRequest seen = request(request);
            if (EvenLoad.crosses(seen.command(), config)) {
                observation.addCrossing(schedule.bucketOf(request), seen.ok());
            } else {
                observation.add(config.shardOf(seen.command()), seen);
            }
        }
        return observation;
    }

    /** For after the end. */
    Punctuality punctuality() {
        return Punctuality.of(Arrays.copyOf(lagNanos, requests));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
