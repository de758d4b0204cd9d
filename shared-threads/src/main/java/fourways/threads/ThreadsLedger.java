package fourways.threads;

import fourways.workload.Admission;
import fourways.workload.Command;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Request;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** The ledger of {@code shared-threads}: hands each admitted request to a thread, which serves it against {@link GuardedShards}. */
final class ThreadsLedger implements Ledger {

    /** How long {@link #close} waits for what is in flight: longer than any request takes that is not stuck. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Admission admission;
    private final Policies policies;
    private final GuardedShards shards;

    /** Takes over the policies, also when it throws. */
    ThreadsLedger(LedgerConfig config, Admission admission, Policies policies) {
        this.admission = admission;
        this.policies = policies;
        try {
            this.shards = new GuardedShards(config, admission, policies);
            policies.supervision().begin(shards);
        } catch (RuntimeException e) {
            policies.close();
            throw e;
        }
    }

    GuardedShards shards() {
        return shards;
    }

    @Override
    public CompletableFuture<Outcome> submit(Command command) {
        Request request = admission.admit(command);
        if (!request.isDone()) {
            try {
                policies.threads().execute(new ShardTask.Serve(request, shards, policies.bulkhead()));
            } catch (RejectedExecutionException e) {
                // Admitted in the moment in which close() gave up waiting.
                request.answer(Admission.unavailable("the ledger is closed"));
            }
        }
        return request;
    }

    @Override
    public void close() {
        admission.close(PATIENCE);
        policies.close();
        admission.abandon();
        shards.close();
    }
}
