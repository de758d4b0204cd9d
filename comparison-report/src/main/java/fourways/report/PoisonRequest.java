package fourways.report;

import fourways.report.Target.Owner;
import fourways.workload.Command.Sabotage;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Located;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import fourways.workload.StandardFault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request that kills its handler every time, sent again and again, as clients do that hear nothing of it. What dies is whoever handles it and can be replaced: a worker process, which it
 * ends, or else the handler that meets an exception; a process that nobody stands above is not replaced, and ending it is a fault of its own.
 */
final class PoisonRequest implements Injection {

    private static final Duration DURATION = Duration.ofSeconds(2);

    /** A client that is refused, or hears that nobody knows, comes back so soon. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    /** And if it hears nothing. */
    private static final Duration ANSWER_PATIENCE = Duration.ofMillis(500);

    private final Target target;
    private final Thread thread = Thread.ofPlatform().daemon().name("poison").unstarted(this::poison);

    private @Nullable Sabotage dose;
    private volatile boolean ending;

    // Written by the thread, and read after its end.
    private int sent;
    private int killed;
    private int refused;
    private int unanswered;
    private int quarantined;
    private long quarantinedNanos;

    PoisonRequest(Target target) {
        this.target = target;
    }

    @Override
    public List<Integer> victims() {
        return List.of(target.shard());
    }

    @Override
    public void aim() throws InterruptedException {
        Owner owner = target.locate();
        dose = target.sabotage(
                target.shard(),
                (target.isTopmost(owner.process()) ? StandardFault.EXCEPTION : StandardFault.EXIT).faultName());
    }

    @Override
    public void inflict() {
        thread.start();
    }

    private void poison() {
        long startNanos = System.nanoTime();
        try {
            while (dose != null && !ending && System.nanoTime() - startNanos < DURATION.toNanos()) {
                sent++;
                Outcome outcome = Target.await(target.submit(dose), ANSWER_PATIENCE);
                if (outcome == null) {
                    unanswered++;
                } else {
                    count(outcome, System.nanoTime() - startNanos);
                    Thread.sleep(PAUSE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void count(Outcome outcome, long nanos) {
        switch (outcome) {
            case Indeterminate _ -> killed++;
            case Refused(Reason reason, String _) -> {
                refused++;
                if (reason == Reason.QUARANTINED && quarantined++ == 0) {
                    quarantinedNanos = nanos;
                }
            }
            // It was taken, and did nothing.
            case Accepted _, Located _ -> {}
        }
    }

    @Override
    public @Nullable String proof() throws InterruptedException {
        if (!thread.join(DURATION.plus(ANSWER_PATIENCE).plus(PAUSE.multipliedBy(10))) || killed == 0 || dose == null) {
            return null;
        }
        String ending = quarantined == 0
                ? "never quarantined"
                : "quarantined after " + TimeUnit.NANOSECONDS.toMillis(quarantinedNanos) + " ms";
        return "request %d, whose handler suffers '%s', was sent %d times within %d ms: %d times its handler was lost, %d times it was refused, %d times not answered; it was %s"
                .formatted(dose.id(), dose.fault(), sent, DURATION.toMillis(), killed, refused, unanswered, ending);
    }

    @Override
    public void end() {
        ending = true;
        thread.interrupt();
    }
}
