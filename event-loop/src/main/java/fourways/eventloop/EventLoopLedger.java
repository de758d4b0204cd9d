package fourways.eventloop;

import fourways.workload.Admission;
import fourways.workload.Command;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerStore;
import fourways.workload.Outcome;
import fourways.workload.Peers;
import fourways.workload.Request;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The ledger of {@code event-loop}: puts each request, and each message between shards, onto the loop of the verticle
 * that has the shard.
 *
 * <p><b>Why not the event bus.</b> {@code eventBus.request} is how verticles talk that do not know each other, and the
 * only way to those in another process. Each request then pays for an address that is looked up, a reply address that
 * is made and registered, and a timer in case nobody replies. Here the owner of a shard is known by arithmetic and is
 * always in this process, and the {@link Admission} knows each request whatever becomes of it; so the request itself
 * travels, as a task.
 *
 * <p><b>Always as a task,</b> also from a shard to another on the same loop. A direct call would enter a shard that is
 * in the middle of sending, and let a long chain of transfers keep everyone else on the loop waiting.
 */
final class EventLoopLedger implements Ledger, Peers {

    /** How long {@link #close} waits for what is in flight: longer than any request takes that is not stuck. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final LedgerStore store;
    private final Admission admission;
    private final Owners owners;
    private boolean closed;

    EventLoopLedger(LedgerConfig config, Policies policies) {
        store = LedgerStore.open(config);
        admission = new Admission(config);
        try {
            owners = policies.owners().apply(new LedgerParts(store, admission, this, policies));
        } catch (RuntimeException e) {
            // With it, the shards that had been opened.
            store.close();
            throw e;
        }
        // Not before there is somebody on every loop to receive it.
        owners.all().forEach(Owner::resendAll);
    }

    Owners owners() {
        return owners;
    }

    Admission admission() {
        return admission;
    }

    @Override
    public CompletableFuture<Outcome> submit(Command command) {
        Request request = admission.admit(command);
        if (!request.isDone()) {
            handOver(request);
        }
        return request;
    }

    private void handOver(Request request) {
        request.send();
        Owner owner = owners.of(request.shard());
        while (!owner.serve(request)) {
            Owner next = owners.of(request.shard());
            if (next.equals(owner)) {
                // Admitted in the moment in which close() gave up waiting.
                request.answer(Admission.unavailable("the ledger is closed"));
                return;
            }
            owner = next;
        }
    }

    // A message that finds its loop ended may be lost: what it says is in its sender's journal, and is sent again when
    // the directory is opened again, or when somebody else has got the shard.

    @Override
    public void credit(Credit credit) {
        owners.of(credit.destination()).credit(credit);
    }

    @Override
    public void credited(Credited credited) {
        owners.of(credited.source()).credited(credited);
    }

    /** Has every shard send again what this one has not acknowledged. */
    void resendTo(int destination) {
        owners.all().forEach(owner -> owner.resendTo(destination));
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        admission.close(PATIENCE);
        owners.close();
        admission.abandon();
        store.close();
    }
}
