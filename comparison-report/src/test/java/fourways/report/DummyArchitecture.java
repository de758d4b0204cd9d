package fourways.report;

import fourways.workload.Admission;
import fourways.workload.Architecture;
import fourways.workload.Command;
import fourways.workload.Command.Sabotage;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerStore;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Peers;
import fourways.workload.Request;
import fourways.workload.Shard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An architecture that is there to be struck: one process, in which each worker is a thread that runs every so many shards, and opens a shard again that threw. Nobody watches over anything. {@code
 * suffering} is hit by every fault that it is sent; {@code deaf} says that all went well, and carries out none.
 */
public final class DummyArchitecture implements Architecture {

    static final String NAME = "dummy";
    static final String SUFFERING = "suffering";
    static final String DEAF = "deaf";

    /** Nobody takes it: what is left for the ledger is the sooner full. */
    private static final int HEAP_ELSEWHERE_MEBIBYTES = 768;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> variants() {
        return List.of(SUFFERING, DEAF);
    }

    @Override
    public Ledger open(LedgerConfig config) {
        return new DummyLedger(config);
    }

    @Override
    public Ledger openFloor(LedgerConfig config) {
        throw new UnsupportedOperationException("nobody measures it");
    }

    @Override
    public int heapElsewhereMebibytes(LedgerConfig config) {
        return HEAP_ELSEWHERE_MEBIBYTES;
    }

    /** Each shard and its place in the list belong to the worker's thread, once it is open. */
    private static final class DummyLedger implements Ledger, Peers {

        private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

        private final boolean deaf;
        private final Admission admission;
        private final LedgerStore store;
        private final List<Shard> shards = new ArrayList<>();

        /** What waits for them is bounded by what is let in. */
        private final List<ExecutorService> workers = new ArrayList<>();

        DummyLedger(LedgerConfig config) {
            deaf = config.variant().equals(DEAF);
            admission = new Admission(config);
            store = LedgerStore.open(config);
            for (int shard = 0; shard < config.shards(); shard++) {
                shards.add(Shard.open(store, shard, this));
            }
            for (int worker = 0; worker < config.workers(); worker++) {
                workers.add(Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name(NAME + "-" + worker).factory()));
            }
        }

        @Override
        public CompletableFuture<Outcome> submit(Command command) {
            Request request = admission.admit(command);
            if (!request.isDone()) {
                workers.get(request.shard() % workers.size()).execute(() -> serve(request));
            }
            return request;
        }

        private void serve(Request request) {
            if (deaf && request.command() instanceof Sabotage) {
                request.answer(new Accepted(0));
                return;
            }
            try {
                shards.get(request.shard()).handle(request.command(), request);
            } catch (RuntimeException | Error e) {
                admission.blame(request);
                request.answer(new Indeterminate("failed: " + e));
                shards.get(request.shard()).close();
                shards.set(request.shard(), Shard.open(store, request.shard(), this));
            }
        }

        @Override
        public void credit(Credit credit) {
            throw new UnsupportedOperationException("nobody transfers money here");
        }

        @Override
        public void credited(Credited credited) {
            throw new UnsupportedOperationException("nobody transfers money here");
        }

        @Override
        public void close() {
            admission.close(CLOSE_PATIENCE);
            workers.forEach(ExecutorService::shutdownNow);
            admission.abandon();
            shards.forEach(Shard::close);
            store.close();
        }
    }
}
