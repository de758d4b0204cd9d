package fourways.eventloop;

import fourways.workload.Admission;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Peers.Credit;
import fourways.workload.Peers.Credited;
import fourways.workload.Request;
import fourways.workload.Restarts;
import fourways.workload.Restarts.Decision;
import fourways.workload.Shard;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A shard's place on the loop that it is pinned to, for as long as the loop has it. The {@link Shard} in it is thrown
 * away and replaced when it fails.
 *
 * <p><b>Confinement.</b> The loop, and nobody else, uses the shard and calls the methods here, except {@link #open},
 * {@link #adopt} and {@link #release}. To open or to close a shard is to read and write files, which is for worker threads;
 * who has the shard in hand is settled by compare-and-set of the state, so a late hand-over changes nothing:
 *
 * <pre>
 *   Recovering ─ opened ──▶ Serving       a worker thread puts a shard in place
 *   Serving ──── failed ──▶ Recovering    the loop takes it out; a worker thread closes it and opens the next
 *   Recovering ─ failed ──▶ GivenUp       the next cannot be opened, or is not to be opened now
 *   GivenUp ──── again ───▶ Recovering    after a pause, if there is one
 *   any ──────── release ─▶ GivenUp       the ledger closes, or another loop has got the shard
 * </pre>
 *
 * <p><b>Failure.</b> Whatever a shard throws, a {@link StackOverflowError} included, costs what it was doing and one
 * replay. Requests that come meanwhile wait here; messages from peers are dropped, for they are sent again. Nobody else
 * on the loop waits.
 */
final class PinnedShard {

    private static final System.Logger LOG = System.getLogger(PinnedShard.class.getName());

    private static final GivenUp BROKEN = new GivenUp("the shard failed, and its recovery could not begin");
    private static final GivenUp RELEASED = new GivenUp("the ledger is closed");

    private final int index;
    private final LedgerParts parts;
    private final LedgerVerticle verticle;
    private final Tenure tenure;
    private final Restarts restarts;
    private final AtomicReference<State> state = new AtomicReference<>(new Recovering());

    private sealed interface State {}

    private record Serving(Shard shard) implements State {}

    /** As many wait as the admission lets in: each request holds one of its shard's slots until it is answered. */
    private record Recovering(Queue<Request> waiting) implements State {
        Recovering() {
            this(new ArrayDeque<>());
        }
    }

    private record GivenUp(String reason) implements State {}

    private PinnedShard(int index, LedgerParts parts, LedgerVerticle verticle, Restarts restarts) {
        this.index = index;
        this.parts = parts;
        this.verticle = verticle;
        this.tenure = verticle.tenure();
        this.restarts = restarts;
    }

    PinnedShard(int index, LedgerParts parts, LedgerVerticle verticle) {
        this(index, parts, verticle, parts.policies().restarts().get());
    }

    /** The shard's place on another loop, with nothing in it yet. */
    PinnedShard successor(LedgerVerticle next) {
        return new PinnedShard(index, parts, next, restarts);
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
                    recover(serving.shard()::close, restarts.failed(System.nanoTime()), e);
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
                recover(serving.shard()::close, restarts.messageFailed(System.nanoTime()), e);
            }
        }
    }

    /** Needs no memory, of which there may be none left: whatever happens next, this shard is not used again. False if the loop has it no more. */
    private boolean takeOut(Serving failed) {
        return state.compareAndSet(failed, BROKEN);
    }

    /** Replaces a shard that has been taken out. */
    private void recover(Runnable letGo, Decision decision, Throwable cause) {
        Recovering recovering = new Recovering();
        // Unless the ledger closes; the shard is to be let go of all the same.
        state.compareAndSet(BROKEN, recovering);
        recover(recovering, letGo, decision, cause);
    }

    private void recover(Recovering recovering, Runnable letGo, Decision decision, Throwable cause) {
        LOG.log(Level.WARNING, "shard " + index + " failed and is recovered from its journal", cause);
        verticle.offLoop(letGo).onComplete(done -> proceed(recovering, decision, cause));
    }

    private void proceed(Recovering recovering, Decision decision, Throwable cause) {
        switch (decision) {
            case Decision.Restart(Duration delay) -> verticle.after(delay, () -> attempt(recovering));
            case Decision.GiveUp giveUp -> giveUp(recovering, giveUp, cause);
        }
    }

    private void attempt(Recovering recovering) {
        verticle.offLoop(() -> open(recovering))
                .onSuccess(opened -> resume(recovering))
                .onFailure(e -> attemptFailed(recovering, e));
    }

    /** Opens the shard for the first time; on a worker thread. */
    void open() {
        open(state.get());
    }

    private void open(State recovering) {
        Shard shard = Shard.open(parts.store(), index, parts.ledger());
        if (!state.compareAndSet(recovering, new Serving(shard))) {
            shard.close();
        }
    }

    private void attemptFailed(Recovering recovering, Throwable cause) {
        if (tenure.begin(index)) {
            Decision decision;
            try {
                decision = restarts.startFailed(System.nanoTime());
            } finally {
                tenure.end();
            }
            proceed(recovering, decision, cause);
        }
    }

    private void resume(Recovering recovered) {
        if (tenure.begin(index)) {
            try {
                restarts.serves(System.nanoTime());
            } finally {
                tenure.end();
            }
            announce();
            recovered.waiting().forEach(this::serve);
        }
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

    private void giveUp(Recovering unrecovered, Decision.GiveUp decision, Throwable cause) {
        String reason = decision.isForGood()
                ? "it failed and cannot be recovered: " + cause.getMessage()
                : "it failed too often in a row, at last with " + cause + "; the next attempt is in " + decision.pause().toMillis()
                        + " ms";
        GivenUp givenUp = new GivenUp("shard " + index + ": " + reason);
        if (state.compareAndSet(unrecovered, givenUp)) {
            LOG.log(Level.ERROR, givenUp.reason(), cause);
            parts.admission().suspend(index, reason);
            // Whoever waits for a transfer to here learns of it when the credit comes by again.
            parts.ledger().resendTo(index);
            verticle.after(decision.pause(), () -> tryAgain(givenUp));
        }
        unrecovered.waiting().forEach(this::serve);
    }

    private void tryAgain(GivenUp givenUp) {
        Recovering recovering = new Recovering();
        if (state.compareAndSet(givenUp, recovering)) {
            attempt(recovering);
        }
    }

    /** Goes on with a shard as another loop left it. The supervisor may; {@link #announce} is for the loop, afterwards. */
    void adopt(Shard intact) {
        State before = state.get();
        if (before.equals(RELEASED) || !state.compareAndSet(before, new Serving(intact))) {
            intact.close();
        }
    }

    /** Takes the journal from an owner that was lost, and recovers the shard. */
    void recoverFrom(Runnable fence, Throwable loss) {
        if (tenure.begin(index)) {
            try {
                if (state.get() instanceof Recovering recovering) {
                    recover(recovering, fence, restarts.failed(System.nanoTime()), loss);
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
