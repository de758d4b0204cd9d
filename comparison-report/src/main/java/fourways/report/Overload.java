package fourways.report;

import fourways.process.LedgerClient;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Floods one shard from outside, on a connection of its own, with ten times what it can serve: requests that keep its handler for some milliseconds each. They are sent on schedule
 * whatever becomes of them, by a thread of their own.
 */
final class Overload implements Injection {

    /** Keeps its handler for five milliseconds, so that a shard serves two hundred of them a second. */
    static final String SLOW_REQUEST = "slow-request";

    /** The flood, then the time in which the victim serves all that it has let in, then the second in which all is well. */
    static final Duration PATIENCE = Duration.ofSeconds(9);

    private static final int REQUESTS_PER_SECOND = 2_000;
    private static final Duration DURATION = Duration.ofSeconds(2);
    private static final int REQUESTS = Math.toIntExact(DURATION.toSeconds() * REQUESTS_PER_SECOND);

    /** More than are sent in all, so that it is the ledger that refuses and not its client. */
    private static final int CAPACITY = 2 * REQUESTS;

    /** By when the last of those that are refused has its answer. */
    private static final Duration ANSWER_PATIENCE = Duration.ofMillis(500);

    private final Target target;
    private final Thread thread = Thread.ofPlatform().daemon().name("flood").unstarted(this::flood);

    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger overloaded = new AtomicInteger();
    private final AtomicInteger otherwise = new AtomicInteger();

    private @Nullable LedgerClient client;
    private volatile boolean ending;
    private volatile int sent;
    private volatile long tookNanos;

    Overload(Target target) {
        this.target = target;
    }

    @Override
    public List<Integer> victims() {
        return List.of(target.shard());
    }

    @Override
    public void aim() throws InterruptedException, IOException {
        target.locate();
        client = LedgerClient.connect(target.socket(), CAPACITY);
    }

    @Override
    public void inflict() {
        thread.start();
    }

    private void flood() {
        LedgerClient flooded = client;
        long startNanos = System.nanoTime();
        for (int i = 0; flooded != null && i < REQUESTS && !ending; i++) {
            long intendedNanos = startNanos + i * TimeUnit.SECONDS.toNanos(1) / REQUESTS_PER_SECOND;
            for (long early = intendedNanos - System.nanoTime(); early > 0; early = intendedNanos - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            var _ = flooded.submit(target.sabotage(target.shard(), SLOW_REQUEST))
                    .thenAccept(this::count);
            sent = i + 1;
        }
        tookNanos = System.nanoTime() - startNanos;
    }

    private void count(Outcome outcome) {
        AtomicInteger counter = outcome instanceof Accepted
                ? served
                : outcome instanceof Refused refused && refused.reason() == Reason.OVERLOADED ? overloaded : otherwise;
        counter.incrementAndGet();
    }

    /** A flood is one if it kept the handler busy, and most of it was not served while it lasted, whatever became of that. */
    @Override
    public @Nullable String proof() throws InterruptedException {
        thread.join(DURATION.plus(ANSWER_PATIENCE));
        // What was sent last is answered, or refused, by then; what waits longer waits for its turn.
        Thread.sleep(ANSWER_PATIENCE);
        boolean flooded = !thread.isAlive() && served.get() > 0 && served.get() < sent / 2;
        return flooded
                ? "in %d ms %d requests were sent to shard %d that keep it busy (%s)"
                        .formatted(TimeUnit.NANOSECONDS.toMillis(tookNanos), sent, target.shard(), counts())
                : null;
    }

    private String counts() {
        // Each is read once: answers still come in.
        int accepted = served.get();
        int refused = overloaded.get();
        int others = otherwise.get();
        return "%d served, %d refused OVERLOADED, %d answered otherwise, %d waiting"
                .formatted(accepted, refused, others, sent - accepted - refused - others);
    }

    @Override
    public String afterObservation() {
        return "in the end " + counts();
    }

    @Override
    public void end() {
        ending = true;
        if (client != null) {
            client.close();
        }
    }
}
