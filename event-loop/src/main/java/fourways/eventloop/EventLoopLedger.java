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
import java.util.function.Consumer;
import java.util.stream.IntStream;

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
    private final Loops<LedgerVerticle> loops;
    private boolean closed;

    EventLoopLedger(LedgerConfig config) {
        store = LedgerStore.open(config);
        admission = new Admission(config);
        try {
            loops = Loops.start(IntStream.range(0, config.workers())
                    .mapToObj(worker -> new LedgerVerticle(worker, store, admission, this))
                    .toList());
        } catch (RuntimeException e) {
            // With it, the shards that had been opened.
            store.close();
            throw e;
        }
        // Not before there is somebody on every loop to receive it.
        onEveryLoop(PinnedShard::resendAll);
    }

    /** The one verticle that may touch the shard. */
    LedgerVerticle owner(int shard) {
        return loops.of(shard);
    }

    @Override
    public CompletableFuture<Outcome> submit(Command command) {
        Request request = admission.admit(command);
        if (!request.isDone()) {
            LedgerVerticle owner = owner(request.shard());
            if (!owner.post(task -> owner.shard(request.shard()).serve(request))) {
                // Admitted in the moment in which close() gave up waiting.
                request.answer(Admission.unavailable("the ledger is closed"));
            }
        }
        return request;
    }

    // A message that finds its loop ended may be lost: what it says is in its sender's journal, and is sent again when
    // the
    // directory is opened again.

    @Override
    public void credit(Credit credit) {
        LedgerVerticle owner = owner(credit.destination());
        owner.post(task -> owner.shard(credit.destination()).credit(credit));
    }

    @Override
    public void credited(Credited credited) {
        LedgerVerticle owner = owner(credited.source());
        owner.post(task -> owner.shard(credited.source()).credited(credited));
    }

    /** Has every shard send again what this one has not acknowledged. */
    void resendTo(int destination) {
        onEveryLoop(shard -> shard.resend(destination));
    }

    private void onEveryLoop(Consumer<PinnedShard> action) {
        loops.all().forEach(verticle -> verticle.post(task -> verticle.shards().forEach(action)));
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        admission.close(PATIENCE);
        loops.close();
        // What is left belongs to loops that are stuck. They come back to no shard, and the store closes their
        // journals.
        loops.all().forEach(LedgerVerticle::release);
        admission.abandon();
        store.close();
    }
}
