package fourways.eventloop;

import fourways.workload.Request;
import fourways.workload.Shard;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Starts and stops all the shards that are pinned to one loop, and puts onto it what is meant for them. */
final class LedgerVerticle extends LoopVerticle implements Owner {

    private final int stride;
    private final Tenure tenure;
    private final List<PinnedShard> shards;
    private final List<PinnedShard> unopened;

    /** The verticle of shards {@code first}, {@code first + stride}, and so on, which are opened when it starts. */
    LedgerVerticle(int first, int stride, Tenure tenure, LedgerParts parts) {
        this.stride = stride;
        this.tenure = tenure;
        this.shards = IntStream.iterate(first, index -> index < parts.config().shards(), index -> index + stride)
                .mapToObj(index -> new PinnedShard(index, parts, this))
                .toList();
        this.unopened = shards;
    }

    /** One to come after another, for the same shards, of which it has none as yet: requests for them wait. */
    LedgerVerticle(LedgerVerticle former, Tenure tenure) {
        this.stride = former.stride;
        this.tenure = tenure;
        this.shards = former.shards.stream().map(shard -> shard.successor(this)).toList();
        this.unopened = List.of();
    }

    Tenure tenure() {
        return tenure;
    }

    /** The place of one of this verticle's shards; any thread may ask, only the loop may use it. */
    PinnedShard shard(int index) {
        return shards.get(index / stride);
    }

    List<PinnedShard> shards() {
        return shards;
    }

    @Override
    public Future<?> start() throws Exception {
        return super.start().compose(started -> offLoop(() -> unopened.forEach(PinnedShard::open)));
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

    @Override
    public boolean serve(Request request) {
        return post(task -> shard(request.shard()).serve(request));
    }

    @Override
    public void credit(Credit credit) {
        post(task -> shard(credit.destination()).credit(credit));
    }

    @Override
    public void credited(Credited credited) {
        post(task -> shard(credited.source()).credited(credited));
    }

    @Override
    public void resendTo(int destination) {
        forEachShard(shard -> shard.resend(destination));
    }

    @Override
    public void resendAll() {
        forEachShard(PinnedShard::resendAll);
    }

    private void forEachShard(Consumer<PinnedShard> action) {
        post(task -> shards.forEach(action));
    }
}
