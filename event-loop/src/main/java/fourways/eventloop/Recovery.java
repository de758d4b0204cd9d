package fourways.eventloop;

import fourways.eventloop.ShardState.GivenUp;
import fourways.eventloop.ShardState.Recovering;
import fourways.eventloop.ShardState.Serving;
import fourways.workload.RecoveryLog;
import fourways.workload.RecoveryLog.Step;
import fourways.workload.Restarts;
import fourways.workload.Restarts.Decision;
import fourways.workload.Shard;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What is done about a pinned shard that failed, or whose owner was lost: its journal is closed, and opened again when its {@link Restarts} say so. That is for worker threads, for it means to read
 * and write files; the loop goes on with its other shards meanwhile, and comes back to this one when that is done.
 *
 * <p>Called by the loop, except {@link #open}. It ends where it finds that the shard has been released.
 */
final class Recovery {

    private static final System.Logger LOG = System.getLogger(Recovery.class.getName());

    private final PinnedShard place;
    private final AtomicReference<ShardState> state;
    private final LedgerParts parts;
    private final LedgerVerticle verticle;
    private final Tenure tenure;
    private final Restarts restarts;

    Recovery(
            PinnedShard place,
            AtomicReference<ShardState> state,
            LedgerParts parts,
            LedgerVerticle verticle,
            Restarts restarts) {
        this.place = place;
        this.state = state;
        this.parts = parts;
        this.verticle = verticle;
        this.tenure = verticle.tenure();
        this.restarts = restarts;
    }

    /** They outlive the owner of the shard. */
    Restarts restarts() {
        return restarts;
    }

    /** Replaces a shard that threw at a request. */
    void requestFailed(Serving failed, Throwable cause) {
        begin(failed.shard()::close, restarts.failed(System.nanoTime()), cause);
    }

    /** Replaces a shard that threw at anything else. */
    void messageFailed(Serving failed, Throwable cause) {
        begin(failed.shard()::close, restarts.messageFailed(System.nanoTime()), cause);
    }

    private void begin(Runnable letGo, Decision decision, Throwable cause) {
        RecoveryLog.shard(Step.DETECTED, place.index(), "it failed: " + cause);
        Recovering recovering = new Recovering();
        // Unless the ledger closes; the shard is to be let go of all the same.
        state.compareAndSet(PinnedShard.BROKEN, recovering);
        begin(recovering, letGo, decision, cause);
    }

    /** Takes the journal from an owner that was lost, and opens it here. */
    void lost(Recovering recovering, Runnable fence, Throwable loss) {
        begin(recovering, fence, restarts.failed(System.nanoTime()), loss);
    }

    private void begin(Recovering recovering, Runnable letGo, Decision decision, Throwable cause) {
        verticle.offLoop(letGo).onComplete(done -> {
            RecoveryLog.shard(Step.FENCED, place.index(), "its journal is closed");
            proceed(recovering, decision, cause);
        });
        // Nor on the loop: a deep stack takes longer to print than a journal to replay, and the other shards wait.
        String event = "shard " + place.index() + " failed and is recovered from its journal";
        var _ = verticle.offLoop(() -> LOG.log(Level.WARNING, event, cause));
    }

    private void proceed(Recovering recovering, Decision decision, Throwable cause) {
        switch (decision) {
            case Decision.Restart(Duration delay) -> verticle.after(delay, () -> reopen(recovering));
            case Decision.GiveUp giveUp -> giveUp(recovering, giveUp, cause);
        }
    }

    private void reopen(Recovering recovering) {
        if (!state.get().equals(recovering)) {
            // Released meanwhile: there may be no worker thread any more, nor is one needed.
            recovering.waiting().forEach(place::serve);
            return;
        }
        verticle.offLoop(() -> open(recovering))
                .onSuccess(opened -> reopened(recovering))
                .onFailure(e -> startFailed(recovering, e));
    }

    /** Opens the shard, unless it has been released meanwhile; on a worker thread. */
    void open(ShardState recovering) {
        Shard shard = Shard.open(parts.store(), place.index(), parts.ledger());
        if (!state.compareAndSet(recovering, new Serving(shard))) {
            shard.close();
        }
    }

    private void reopened(Recovering recovered) {
        if (tenure.begin(place.index())) {
            restarts.serves(System.nanoTime());
            tenure.end();
            RecoveryLog.shard(
                    Step.REPLAYED,
                    place.index(),
                    "for " + Thread.currentThread().getName());
            place.announce();
            recovered.waiting().forEach(place::serve);
        }
    }

    private void startFailed(Recovering recovering, Throwable cause) {
        if (tenure.begin(place.index())) {
            Decision decision = restarts.startFailed(System.nanoTime());
            tenure.end();
            proceed(recovering, decision, cause);
        }
    }

    private void giveUp(Recovering unrecovered, Decision.GiveUp decision, Throwable cause) {
        String reason = decision.isForGood()
                ? "it failed and cannot be recovered: " + cause.getMessage()
                : "it failed too often in a row, at last with " + cause + "; the next attempt is in "
                        + decision.pause().toMillis() + " ms";
        GivenUp givenUp = new GivenUp("shard " + place.index() + ": " + reason);
        if (state.compareAndSet(unrecovered, givenUp)) {
            LOG.log(Level.ERROR, givenUp.reason(), cause);
            parts.admission().suspend(place.index(), reason);
            // Whoever waits for a transfer to here learns of it when the credit comes by again.
            parts.ledger().resendTo(place.index());
            if (!decision.isForGood()) {
                verticle.after(decision.pause(), () -> tryAgain(givenUp));
            }
        }
        unrecovered.waiting().forEach(place::serve);
    }

    private void tryAgain(GivenUp givenUp) {
        Recovering recovering = new Recovering();
        if (state.compareAndSet(givenUp, recovering)) {
            reopen(recovering);
        }
    }
}
