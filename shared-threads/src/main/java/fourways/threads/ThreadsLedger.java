package fourways.threads;

import fourways.workload.Admission;
import fourways.workload.Command;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Request;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/** The ledger of {@code shared-threads}: hands each admitted request to a thread, which serves it against {@link GuardedShards}. */
final class ThreadsLedger implements Ledger {

    /** How long {@link #close} waits for what is in flight: longer than any request takes that is not stuck. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Admission admission;
    private final ExecutorService threads;
    private final GuardedShards shards;

    /** Takes over the executor, also when it throws. */
    ThreadsLedger(LedgerConfig config, ExecutorService threads) {
        this.admission = new Admission(config);
        this.threads = threads;
        try {
            this.shards = new GuardedShards(config, admission, threads);
        } catch (RuntimeException e) {
            threads.shutdown();
            throw e;
        }
    }

    @Override
    public CompletableFuture<Outcome> submit(Command command) {
        Request request = admission.admit(command);
        if (!request.isDone()) {
            try {
                threads.execute(() -> shards.serve(request));
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
        threads.shutdownNow();
        admission.abandon();
        shards.close();
    }
}
