package fourways.eventloop;

import fourways.workload.Request;
import fourways.workload.Shard;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * What is in a {@link PinnedShard}. Whoever changes it does so by compare-and-set, so a late hand-over changes nothing:
 *
 * <pre>
 *   Recovering ─ opened ──▶ Serving       a worker thread puts a shard in place
 *   Serving ──── failed ──▶ Recovering    the loop takes it out; a worker thread closes it and opens the next
 *   Recovering ─ failed ──▶ GivenUp       the next cannot be opened, or is not to be opened now
 *   GivenUp ──── again ───▶ Recovering    after a pause, if there is one
 *   any ──────── release ─▶ GivenUp       the ledger closes, or another loop has got the shard
 * </pre>
 */
sealed interface ShardState {

    record Serving(Shard shard) implements ShardState {}

    /** As many wait as the admission lets in: each request holds one of its shard's slots until it is answered. */
    record Recovering(Queue<Request> waiting) implements ShardState {
        Recovering() {
            this(new ArrayDeque<>());
        }
    }

    record GivenUp(String reason) implements ShardState {}
}
