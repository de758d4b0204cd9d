package fourways.eventloop;

import fourways.eventloop.ShardState.GivenUp;
import fourways.eventloop.ShardState.Recovering;
import fourways.eventloop.ShardState.Serving;
import fourways.workload.Admission;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Peers.Credit;
import fourways.workload.Peers.Credited;
import fourways.workload.Request;
import fourways.workload.Restarts;
import fourways.workload.Shard;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A shard's place on the loop that it is pinned to, for as long as the loop has it. The {@link Shard} in it is thrown
 * away and replaced when it fails ({@link Recovery}).
 *
 * <p><b>Confinement.</b> The loop, and nobody else, uses the shard and calls the methods here, except {@link #open},
 * {@link #adopt} and {@link #release}. To open or to close a shard is to read and write files, which is for worker threads;
 * who has the shard in hand is settled by compare-and-set of the {@link ShardState}.
 *
 * <p><b>Failure.</b> Whatever a shard throws, a {@link StackOverflowError} included, costs what it was doing and one
 * replay. Requests that come meanwhile wait here; messages from peers are dropped, for they are sent again. Nobody else
 * on the loop waits.
 */
final class PinnedShard {

    // Here, so that they are there before anything can fail.
    static final GivenUp BROKEN = new GivenUp("the shard failed, and its recovery could not begin");
    private static final GivenUp RELEASED = new GivenUp("the ledger is closed");

    private final int index;
    private final LedgerParts parts;
    private final Tenure tenure;
    private final Recovery recovery;
    private final AtomicReference<ShardState> state = new AtomicReference<>(new Recovering());

    PinnedShard(int index, LedgerParts parts, LedgerVerticle verticle) {
        this(index, parts, verticle, parts.policies().restarts().get());
    }

    private PinnedShard(int index, LedgerParts parts, LedgerVerticle verticle, Restarts restarts) {
        this.index = index;
        this.parts = parts;
        this.tenure = verticle.tenure();
        this.recovery = new Recovery(this, state, parts, verticle, restarts);
    }

    /** The shard's place on another loop, with nothing in it yet. Its failures go on counting. */
    PinnedShard successor(LedgerVerticle next) {
        return new PinnedShard(index, parts, next, recovery.restarts());
    }

    int index() {
        return index;
    }

    void serve(Request request) {
        if (tenure.begin(request)) {
            try {
                switch (state.get()) {
                    case Serving serving -> handle(serving, request);
                    case Recovering recovering -> recovering.waiting().add(request);
                    case GivenUp(String reason) -> refuse(request, reason);
                }
            } finally {
                tenure.end();
            }
        }
    }

    private static void refuse(Request request, String reason) {
        // Nor is it begun if it comes by a second time, when the shard is served again.
        request.start();
        request.answer(Admission.unavailable(reason));
    }

    private void handle(Serving serving, Request request) {
        request.start();
        try {
            serving.shard().handle(request.command(), request);
        } catch (Throwable e) {
            try {
                if (takeOut(serving)) {
                    parts.policies().blame().blame(parts.admission(), request);
                    recovery.requestFailed(serving, e);
                }
            } finally {
                request.answer(new Indeterminate("failed while serving: " + e));
            }
        }
    }

    void credit(Credit credit) {
        if (tenure.begin(index)) {
            try {
                switch (state.get()) {
                    case Serving serving -> deliver(serving, shard -> shard.credit(credit));
                    case Recovering _ -> {}
                    // Sent before that was known.
                    case GivenUp(String reason) -> parts.admission().strand(credit, reason);
                }
            } finally {
                tenure.end();
            }
        }
    }

    void credited(Credited credited) {
        deliver(shard -> shard.credited(credited));
    }

    void resend(int destination) {
        deliver(shard -> shard.resend(destination));
    }

    void resendAll() {
        deliver(Shard::resendAll);
    }

    /** Has the shard do what a peer asks of it. */
    void deliver(Consumer<Shard> message) {
        if (tenure.begin(index)) {
            try {
                if (state.get() instanceof Serving serving) {
                    deliver(serving, message);
                }
            } finally {
                tenure.end();
            }
        }
    }

    private void deliver(Serving serving, Consumer<Shard> message) {
        try {
            message.accept(serving.shard());
        } catch (Throwable e) {
            if (takeOut(serving)) {
                recovery.messageFailed(serving, e);
            }
        }
    }

    /** Needs no memory, of which there may be none left: whatever happens next, this shard is not used again. False if the loop has it no more. */
    private boolean takeOut(Serving failed) {
        return state.compareAndSet(failed, BROKEN);
    }

    /** Opens the shard for the first time; on a worker thread. */
    void open() {
        recovery.open(state.get());
    }

    /** Lets everybody know that the shard is served. */
    void announce() {
        if (tenure.begin(index)) {
            parts.admission().resume(index);
            tenure.end();
            resendAll();
            parts.ledger().resendTo(index);
        }
    }

    /** Goes on with a shard as another loop left it. The supervisor may; {@link #announce} is for the loop, afterwards. */
    void adopt(Shard intact) {
        ShardState before = state.get();
        if (before.equals(RELEASED) || !state.compareAndSet(before, new Serving(intact))) {
            intact.close();
        }
    }

    /** Takes the journal from an owner that was lost, and recovers the shard. */
    void recoverFrom(Runnable fence, Throwable loss) {
        if (tenure.begin(index)) {
            try {
                if (state.get() instanceof Recovering recovering) {
                    recovery.lost(recovering, fence, loss);
                }
            } finally {
                tenure.end();
            }
        }
    }

    /** Refuses everything until a shard is adopted. The supervisor may, before anybody is sent here. */
    void refuse(String reason) {
        state.set(new GivenUp(reason));
    }

    /** Takes the shard out for good; it is the caller's to close. Any thread may, if the loop does not. */
    Optional<Shard> release() {
        return state.getAndSet(RELEASED) instanceof Serving(Shard shard) ? Optional.of(shard) : Optional.empty();
    }
}
