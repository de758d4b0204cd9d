package fourways.actors;

import fourways.workload.Admission;
import fourways.workload.Command;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerOpenException;
import fourways.workload.LedgerStore;
import fourways.workload.Outcome;
import fourways.workload.Request;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;

/** The ledger of {@code actor-model}: tells each admitted request to the actor of its shard. */
final class ActorLedger implements Ledger {

    /** How long {@link #close} waits for what is in flight: longer than any request takes that is not stuck. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** How long opening may take: longer than the replay of the largest ledger from a slow disk. */
    private static final Duration OPENING_PATIENCE = Duration.ofMinutes(5);

    private final Admission admission;
    private final LedgerStore store;
    private final ActorSystem<Guardian.Message> system;
    private final ShardRefs shards;

    private ActorLedger(
            Admission admission, LedgerStore store, ActorSystem<Guardian.Message> system, ShardRefs shards) {
        this.admission = admission;
        this.store = store;
        this.system = system;
        this.shards = shards;
    }

    /**
     * The shards recover on the dispatcher's threads, as many at once as there are workers, while this thread waits.
     */
    static ActorLedger open(LedgerConfig config, Policies policies) {
        Admission admission = new Admission(config);
        CompletableFuture<ShardRefs> opened = new CompletableFuture<>();
        LedgerStore store = LedgerStore.open(config);
        try {
            Supervision supervision = policies.supervision().apply(store, admission);
            ActorSystem<Guardian.Message> system = ActorSystems.start(
                    Guardian.create(config.shards(), supervision, opened), config, policies.settings());
            system.getWhenTerminated()
                    .thenRun(() -> opened.completeExceptionally(new LedgerOpenException("the actor system ended")));
            try {
                return new ActorLedger(admission, store, system, await(opened));
            } catch (RuntimeException e) {
                ActorSystems.stop(system);
                throw e;
            }
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static ShardRefs await(CompletableFuture<ShardRefs> opened) {
        try {
            return opened.get(OPENING_PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof LedgerOpenException cause ? cause : new LedgerOpenException("not opened", e);
        } catch (TimeoutException e) {
            throw new LedgerOpenException("not every shard was recovered within " + OPENING_PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerOpenException("interrupted while the shards recovered", e);
        }
    }

    @Override
    public CompletableFuture<Outcome> submit(Command command) {
        Request request = admission.admit(command);
        if (!request.isDone()) {
            shards.serve(request);
        }
        return request;
    }

    @Override
    public void close() {
        admission.close(PATIENCE);
        ActorSystems.stop(system);
        // Also takes the journal from an actor that is stuck: should it come back, it can do no harm.
        store.close();
        admission.abandon();
    }
}
