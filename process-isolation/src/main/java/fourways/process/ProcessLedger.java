package fourways.process;

import fourways.workload.Admission;
import fourways.workload.Blame;
import fourways.workload.Command;
import fourways.workload.Command.Transfer;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerStore;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Request;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/** The ledger of {@code process-isolation}: admits requests here, has them served by worker processes, and finds them again when the answers come. */
final class ProcessLedger implements Ledger, Clients {

    /** How long {@link #close} waits for what is in flight: longer than any request takes that is not stuck. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final LedgerConfig config;
    private final Blame blame;
    private final Admission admission;
    private final LedgerStore store;
    private final Supervisor supervisor;

    /** The policies are made once the directory has been claimed: they may start threads and processes. */
    ProcessLedger(LedgerConfig config, Supplier<Policies> variant) {
        this.config = config;
        this.admission = new Admission(config);
        this.store = LedgerStore.open(config);
        try {
            Policies policies = variant.get();
            this.blame = policies.blame();
            this.supervisor = Supervisor.open(config, Frame.Job.LEDGER, this, policies);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    @Override
    public CompletableFuture<Outcome> submit(Command command) {
        Request request = admission.admit(command);
        if (!request.isDone()) {
            int token = request.shard() * config.capacity() + request.slot();
            if (!supervisor.send(request.shard(), new Frame.Submit(token, command))) {
                // Admitted in the moment in which its worker was lost.
                request.answer(Admission.unavailable("the worker of shard " + request.shard() + " is lost"));
            }
        }
        return request;
    }

    @Override
    public void answered(Frame.Answer answer) {
        int capacity = config.capacity();
        Request request = admission.find(answer.token() / capacity, answer.token() % capacity, answer.id());
        if (request != null) {
            if (answer.outcome() instanceof Indeterminate) {
                // Its shard failed, and the worker could recover it.
                blame.blame(admission, request);
            }
            request.answer(answer.outcome());
        }
    }

    @Override
    public void serving(int worker) {}

    @Override
    public void resumed(int shard) {
        admission.resume(shard);
    }

    @Override
    public void suspended(int shard, String reason, boolean givenUp) {
        admission.suspend(shard, reason);
        if (givenUp) {
            strand(destination -> destination == shard, reason);
        }
    }

    @Override
    public void lost(int worker, String reason) {
        forEachShardOf(worker, shard -> admission.suspend(shard, reason));
        Indeterminate outcome = new Indeterminate(reason);
        forEachShardOf(
                worker,
                shard -> admission.inFlight(shard, request -> {
                    blame.blame(admission, request);
                    request.answer(outcome);
                }));
    }

    @Override
    public void abandoned(int worker, String reason) {
        forEachShardOf(worker, shard -> admission.suspend(shard, reason));
        strand(destination -> destination % config.workers() == worker, reason);
    }

    /** Transfers to there have been debited, and will arrive when the shard is opened again. Their clients are not kept waiting for that. */
    private void strand(IntPredicate destinations, String reason) {
        Indeterminate outcome =
                new Indeterminate("debited, perhaps; its destination is not served any more: " + reason);
        for (int source = 0; source < config.shards(); source++) {
            admission.inFlight(source, request -> {
                if (request.command() instanceof Transfer transfer
                        && destinations.test(config.shardOf(transfer.to()))) {
                    request.answer(outcome);
                }
            });
        }
    }

    private void forEachShardOf(int worker, IntConsumer action) {
        for (int shard = worker; shard < config.shards(); shard += config.workers()) {
            action.accept(shard);
        }
    }

    @Override
    public synchronized void close() {
        admission.close(PATIENCE);
        supervisor.close();
        admission.abandon();
        store.close();
    }
}
