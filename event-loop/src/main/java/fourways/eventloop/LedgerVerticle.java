package fourways.eventloop;

import fourways.workload.Admission;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerStore;
import fourways.workload.Shard;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Starts and stops all the shards that are pinned to one loop. */
final class LedgerVerticle extends LoopVerticle {

    private final int workers;
    private final List<PinnedShard> shards;

    /** The verticle of shards {@code worker}, {@code worker + workers}, and so on. */
    LedgerVerticle(int worker, LedgerStore store, Admission admission, EventLoopLedger ledger) {
        LedgerConfig config = store.config();
        this.workers = config.workers();
        this.shards = IntStream.iterate(worker, index -> index < config.shards(), index -> index + workers)
                .mapToObj(index -> new PinnedShard(index, store, admission, ledger, this))
                .toList();
    }

    /** The place of one of this verticle's shards; any thread may ask, only the loop may use it. */
    PinnedShard shard(int index) {
        return shards.get(index / workers);
    }

    List<PinnedShard> shards() {
        return shards;
    }

    @Override
    public Future<?> start() throws Exception {
        return super.start().compose(started -> offLoop(() -> shards.forEach(PinnedShard::open)));
    }

    @Override
    public Future<?> stop() {
        List<Shard> released = release();
        return offLoop(() -> released.forEach(Shard::close));
    }

    /** Takes all shards out for good. Any thread may, if the loop does not. */
    List<Shard> release() {
        return shards.stream()
                .map(PinnedShard::release)
                .flatMap(Optional::stream)
                .toList();
    }
}
