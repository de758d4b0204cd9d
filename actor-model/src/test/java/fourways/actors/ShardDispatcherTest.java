package fourways.actors;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Ledger;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** That shards have threads whatever others do. */
class ShardDispatcherTest extends HardenedFixture {

    @Test
    void neighborsAreServedByAsManyThreadsAsBefore() {
        try (Ledger ledger = open()) {
            String pool = pool(ledger);
            List<CompletableFuture<Outcome>> stuck = IntStream.range(0, WORKERS)
                    .mapToObj(shard -> sabotage(ledger, shard, "blocking-call"))
                    .toList();
            stuck.forEach(future -> assertInstanceOf(Indeterminate.class, answer(future)));

            for (int shard = WORKERS; shard < SHARDS; shard++) {
                assertEquals(new Accepted(INITIAL_CENTS), answer(read(ledger, shard)));
            }
            Awaitility.await().atMost(20, SECONDS).until(() -> threads(pool) == 2 * WORKERS);
        }
    }

    /** As many shards as there are threads have work at any moment, all of which is sent from their own threads. */
    @Test
    void busyShardsDoNotStarveOthers() {
        try (Ledger ledger = open()) {
            AtomicInteger chains = new AtomicInteger();
            for (int shard = 0; shard < WORKERS; shard++) {
                for (int chain = 0; chain < 4; chain++) {
                    again(ledger, shard, chains);
                }
            }

            for (int i = 0; i < 100; i++) {
                assertEquals(new Accepted(INITIAL_CENTS), answer(read(ledger, SHARDS - 1)));
            }

            assertTrue(chains.get() > 0);
        }
    }

    private void again(Ledger ledger, int shard, AtomicInteger chains) {
        chains.incrementAndGet();
        var _ = read(ledger, shard).thenAccept(outcome -> {
            if (outcome instanceof Accepted) {
                again(ledger, shard, chains);
            }
        });
    }
}
