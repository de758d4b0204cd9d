package fourways.forgetful;

import fourways.workload.Admission;
import fourways.workload.Architecture;
import fourways.workload.Command;
import fourways.workload.Command.Deposit;
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
import java.util.concurrent.locks.LockSupport;

/**
 * A fifth architecture, broken on purpose: one lock around everything. In {@code plain}, every now and then a deposit is acknowledged that no shard ever hears of. {@code
 * hardened} forgets nothing, but each recovery leaves a few threads behind. The report must take it in without knowing it, and must not believe it.
 */
public final class ForgetfulArchitecture implements Architecture {

    private static final String LEAKY = "hardened";

    @Override
    public String name() {
        return "forgetful";
    }

    @Override
    public List<String> variants() {
        return List.of("plain", LEAKY);
    }

    @Override
    public Ledger open(LedgerConfig config) {
        return new ForgetfulLedger(config);
    }

    @Override
    public Ledger openFloor(LedgerConfig config) {
        return new Ledger() {
            @Override
            public CompletableFuture<Outcome> submit(Command command) {
                return CompletableFuture.completedFuture(new Accepted(0));
            }

            @Override
            public void close() {}
        };
    }

    private static final class ForgetfulLedger implements Ledger, Peers {

        /** Not a divisor of the number of shards, so that all of them are concerned. */
        private static final int FORGETS_ONE_IN = 101;

        private static final int LEAKED_THREADS = 10;

        private final boolean leaks;
        private final Admission admission;
        private final LedgerStore store;
        private final List<Shard> shards = new ArrayList<>();

        ForgetfulLedger(LedgerConfig config) {
            leaks = config.variant().equals(LEAKY);
            admission = new Admission(config);
            store = LedgerStore.open(config);
            for (int shard = 0; shard < config.shards(); shard++) {
                shards.add(Shard.open(store, shard, this));
            }
        }

        @Override
        public synchronized CompletableFuture<Outcome> submit(Command command) {
            Request request = admission.admit(command);
            if (request.isDone()) {
                return request;
            }
            if (!leaks && command instanceof Deposit && command.id() % FORGETS_ONE_IN == 0) {
                request.answer(new Accepted(1));
                return request;
            }
            try {
                shards.get(request.shard()).handle(command, request);
            } catch (RuntimeException e) {
                request.answer(new Indeterminate("failed: " + e));
                shards.get(request.shard()).close();
                shards.set(request.shard(), Shard.open(store, request.shard(), this));
                for (int i = 0; leaks && i < LEAKED_THREADS; i++) {
                    Thread.ofPlatform().daemon().name("leak").start(LockSupport::park);
                }
            }
            return request;
        }

        @Override
        public synchronized void credit(Credit credit) {
            shards.get(credit.destination()).credit(credit);
        }

        @Override
        public synchronized void credited(Credited credited) {
            shards.get(credited.source()).credited(credited);
        }

        @Override
        public synchronized void close() {
            admission.close(Duration.ofSeconds(1));
            shards.forEach(Shard::close);
            store.close();
        }
    }
}
