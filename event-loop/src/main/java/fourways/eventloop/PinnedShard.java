package fourways.eventloop;

import fourways.workload.Admission;
import fourways.workload.LedgerStore;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Peers.Credit;
import fourways.workload.Peers.Credited;
import fourways.workload.Request;
import fourways.workload.Shard;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A shard's place on the loop that it is pinned to, for as long as the ledger is open. The {@link Shard} in it is
 * thrown away and replaced when it fails.
 *
 * <p><b>Confinement.</b> The loop, and nobody else, uses the shard and calls the methods here, except {@link #open} and
 * {@link #release}. To open or to close a shard is to read and write files, which is for worker threads; who has the
 * shard in hand is settled by compare-and-set of the state, so a late hand-over changes nothing:
 *
 * <pre>
 *   Recovering ─ opened ──▶ Serving       a worker thread puts a shard in place
 *   Serving ──── failed ──▶ Recovering    the loop takes it out; a worker thread closes it and opens the next
 *   Recovering ─ failed ──▶ GivenUp       the next cannot be opened
 *   any ──────── release ─▶ GivenUp       the ledger closes
 * </pre>
 *
 * <p><b>Failure.</b> Whatever a shard throws, a {@link StackOverflowError} included, costs what it was doing and one
 * replay. Requests that come meanwhile wait here; messages from peers are dropped, for they are sent again. Nobody else
 * on the loop waits.
 */
final class PinnedShard {

    private static final System.Logger LOG = System.getLogger(PinnedShard.class.getName());

    /**
     * How many messages from peers may fail before it has been calm for a while. A message is sent again after each
     * recovery, so one that always fails would keep the shard recovering for ever. No request is sent again: these need
     * no limit.
     */
    static final int MAX_RELAPSES = 16;

    private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final GivenUp BROKEN = new GivenUp("the shard failed, and its recovery could not begin");
    private static final GivenUp CLOSED = new GivenUp("the ledger is closed");

    private final int index;
    private final LedgerStore store;
    private final Admission admission;
    private final EventLoopLedger ledger;
    private final LedgerVerticle verticle;
    private final AtomicReference<State> state = new AtomicReference<>(new Recovering());
    private int relapses;
    private long lastRelapseNanos;

    private sealed interface State {}

    private record Serving(Shard shard) implements State {}

    /** As many wait as the admission lets in: each request holds one of its shard's slots until it is answered. */
    private record Recovering(Queue<Request> waiting) implements State {
        Recovering() {
            this(new ArrayDeque<>());
        }
    }

    private record GivenUp(String reason) implements State {}

    PinnedShard(int index, LedgerStore store, Admission admission, EventLoopLedger ledger, LedgerVerticle verticle) {
        this.index = index;
        this.store = store;
        this.admission = admission;
        this.ledger = ledger;
        this.verticle = verticle;
    }

    void serve(Request request) {
        switch (state.get()) {
            case Serving serving -> {
                try {
                    serving.shard().handle(request.command(), request);
                } catch (Throwable e) {
                    try {
                        recover(serving, e);
                    } finally {
                        request.answer(new Indeterminate("failed while serving: " + e));
                    }
                }
            }
            case Recovering recovering -> recovering.waiting().add(request);
            case GivenUp(String reason) -> request.answer(Admission.unavailable(reason));
        }
    }

    void credit(Credit credit) {
        if (state.get() instanceof GivenUp(String reason)) {
            // Let in before that was known. The money stays in the outbox, and nobody can say when it goes on.
            admission.inFlight(credit.source(), request -> {
                if (request.command().id() == credit.id()) {
                    request.answer(new Indeterminate("debited, not credited: " + reason));
                }
            });
        } else {
            deliver(shard -> shard.credit(credit));
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
        if (state.get() instanceof Serving serving) {
            try {
                message.accept(serving.shard());
            } catch (Throwable e) {
                long now = System.nanoTime();
                relapses = now - lastRelapseNanos < CALM_NANOS ? relapses + 1 : 1;
                lastRelapseNanos = now;
                recover(serving, e);
            }
        }
    }

    private void recover(Serving failed, Throwable cause) {
        // Needs no memory, of which there may be none left: whatever happens next, this shard is not used again.
        if (!state.compareAndSet(failed, BROKEN)) {
            return;
        }
        Recovering recovering = new Recovering();
        // Unless the ledger closes; the shard is to be closed all the same.
        state.compareAndSet(BROKEN, recovering);
        LOG.log(Level.WARNING, "shard " + index + " failed and is recovered from its journal", cause);
        boolean hopeless = relapses > MAX_RELAPSES;
        verticle.offLoop(() -> {
                    failed.shard().close();
                    if (hopeless) {
                        throw new IllegalStateException("messages from other shards fail again and again", cause);
                    }
                    open(recovering);
                })
                .onSuccess(opened -> resume(recovering))
                .onFailure(e -> giveUp(recovering, e));
    }

    /** Opens the shard for the first time; on a worker thread. */
    void open() {
        open(state.get());
    }

    private void open(State recovering) {
        Shard shard = Shard.open(store, index, ledger);
        if (!state.compareAndSet(recovering, new Serving(shard))) {
            shard.close();
        }
    }

    private void resume(Recovering recovered) {
        resendAll();
        ledger.resendTo(index);
        recovered.waiting().forEach(this::serve);
    }

    private void giveUp(Recovering unrecovered, Throwable cause) {
        String reason = "it failed and cannot be recovered: " + cause.getMessage();
        if (state.compareAndSet(unrecovered, new GivenUp("shard " + index + ": " + reason))) {
            LOG.log(Level.ERROR, "shard " + index + " cannot be recovered", cause);
            admission.suspend(index, reason);
            // Whoever waits for a transfer to here learns of it when the credit comes by again.
            ledger.resendTo(index);
        }
        unrecovered.waiting().forEach(this::serve);
    }

    /** Takes the shard out for good; it is the caller's to close. Any thread may, if the loop does not. */
    Optional<Shard> release() {
        return state.getAndSet(CLOSED) instanceof Serving(Shard shard) ? Optional.of(shard) : Optional.empty();
    }
}
