package fourways.eventloop;

import fourways.workload.LedgerConfig;
import java.util.List;
import java.util.stream.IntStream;

/** The owners that {@code plain} and {@code worker} have: verticles of one Vert.x instance, which keep their shards for as long as the ledger is open. */
record PinnedOwners(Loops<LedgerVerticle> loops) implements Owners {

    /** Each verticle, and a share of the shards, on an event loop of its own. */
    static Owners onLoops(LedgerParts parts) {
        return new PinnedOwners(Loops.start(verticles(parts, parts.config().workers())));
    }

    /**
     * Each shard with a verticle, and so a context, of its own, which worker threads take turns to run: whoever is free takes a context that has something to do, and
     * never two the same.
     */
    static Owners onWorkers(LedgerParts parts) {
        LedgerConfig config = parts.config();
        return new PinnedOwners(Loops.startOnWorkers(verticles(parts, config.shards()), config.workers()));
    }

    private static List<LedgerVerticle> verticles(LedgerParts parts, int count) {
        return IntStream.range(0, count)
                .mapToObj(first -> new LedgerVerticle(first, count, Tenure.FOR_LIFE, parts))
                .toList();
    }

    @Override
    public LedgerVerticle of(int shard) {
        return loops.of(shard);
    }

    @Override
    public List<LedgerVerticle> all() {
        return loops.all();
    }

    @Override
    public void close() {
        loops.close();
        // What is left belongs to threads that are stuck. They come back to no shard, and the store closes their
        // journals.
        loops.all().forEach(LedgerVerticle::release);
    }
}
