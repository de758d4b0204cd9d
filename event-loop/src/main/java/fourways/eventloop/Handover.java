package fourways.eventloop;

import fourways.eventloop.SupervisedOwners.Seat;
import fourways.workload.Admission;
import fourways.workload.JournalMode;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Request;
import fourways.workload.Shard;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Gives the shards of a loop that is stuck, and what was sent to them, to another one: as they are, but for the shard that the loop is stuck in, which is fenced by having its journal closed, and
 * recovered from that. With nothing journaled there is nothing to recover from: the shard then stays with the stuck loop, and is refused, until that comes back.
 *
 * <p>For the supervisor's thread, after the stuck loop's tenure has been revoked.
 */
final class Handover {

    private final LedgerParts parts;
    private final Admission admission;
    private final SupervisedOwners owners;
    private final boolean keepsNothing;
    private final Duration deadline;

    Handover(LedgerParts parts, SupervisedOwners owners) {
        this.parts = parts;
        this.admission = parts.admission();
        this.owners = owners;
        this.keepsNothing = parts.config().journal() == JournalMode.MEMORY;
        this.deadline = Duration.ofMillis(parts.config().deadlineMillis());
    }

    /** Takes from the loop what it is stuck in. */
    void takeOut(Stall stall) {
        if (!keepsNothing) {
            stall.late = stall.loop.verticle().shard(stall.shard).release().orElse(null);
        }
    }

    /** From the return of this on, the fresh loop is whom everybody finds. */
    void handOver(Stall stall, WatchedLoop fresh) {
        LedgerVerticle heir = fresh.verticle();
        List<Runnable> onItsLoop = stall.loop.verticle().shards().stream()
                .map(place -> handOver(stall, place, heir.shard(place.index())))
                .toList();
        owners.seat(owners.worker(stall.shard), new Seat(fresh));
        heir.post(task -> onItsLoop.forEach(Runnable::run));
        handOverRequests(heir);
        // Once more for those that were about to be sent to the former loop.
        heir.post(task -> heir.after(deadline, () -> handOverRequests(heir)));
        stall.replaced = true;
    }

    /** Returns what is left to be done on the loop that has got the shard. */
    private Runnable handOver(Stall stall, PinnedShard former, PinnedShard next) {
        boolean stuck = former.index() == stall.shard;
        if (stuck && keepsNothing && !stall.back) {
            next.refuse(stall.reason);
            return () -> {};
        }
        if (stuck && !keepsNothing) {
            Shard late = stall.late;
            return () ->
                    next.recoverFrom(late == null ? () -> {} : late::fence, new IllegalStateException(stall.reason));
        }
        Optional<Shard> shard = former.release();
        shard.ifPresent(next::adopt);
        return shard.isPresent()
                ? next::announce
                : () -> next.recoverFrom(() -> {}, new IllegalStateException("its event loop was stuck meanwhile"));
    }

    /** What the former loop had in its queue, and had not begun: whatever has been started the heir knows to leave alone. */
    private void handOverRequests(LedgerVerticle heir) {
        heir.shards()
                .forEach(place -> admission.inFlight(place.index(), request -> {
                    if (request.isSent()) {
                        heir.serve(request);
                    }
                }));
    }

    /** Leaves the shards where they are, which nobody else serves. */
    void vacate(Stall stall, String reason) {
        stall.vacated = true;
        owners.seat(owners.worker(stall.shard), new Seat(new Vacancy(reason, admission), stall.loop));
        List<PinnedShard> places = stall.loop.verticle().shards();
        places.forEach(place -> admission.suspend(place.index(), reason));
        for (PinnedShard place : places) {
            admission.inFlight(place.index(), request -> refuse(request, reason));
            // Who waits for a transfer to here learns of it when the credit comes by again.
            parts.ledger().resendTo(place.index());
        }
    }

    private static void refuse(Request request, String reason) {
        if (request.isStarted()) {
            request.answer(new Indeterminate(reason));
        } else {
            // Whoever is still about to send it finds that it is not to be begun any more.
            request.start();
            request.answer(Admission.unavailable(reason));
        }
    }

    /** The loop has come back. If it still has the shard that it was stuck in, that goes to the others. */
    void handOverTheRest(Stall stall) {
        if (keepsNothing && stall.replaced) {
            LedgerVerticle heir = owners.loopOf(stall.shard).verticle();
            stall.loop.verticle().shard(stall.shard).release().ifPresent(intact -> {
                PinnedShard place = heir.shard(stall.shard);
                place.adopt(intact);
                heir.post(task -> place.announce());
            });
        }
    }
}
