package fourways.eventloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import fourways.workload.Command;
import fourways.workload.Command.Deposit;
import fourways.workload.Command.Locate;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Located;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to shards that worker threads take turns to run. Account n is the only one on shard n, and begins with 1,000 cents. */
class WorkerEventLoopLedgerTest {

    private static final int SHARDS = 8;
    private static final int WORKERS = 4;

    @TempDir
    Path directory;

    private LedgerConfig config;

    @BeforeEach
    void configure() {
        config = LedgerConfig.in(directory)
                .withAccounts(SHARDS, SHARDS)
                .withWorkers(WORKERS)
                .withInitialBalanceCents(1_000)
                .withVariant("worker");
    }

    private Ledger open() {
        return new EventLoopArchitecture().open(config);
    }

    @Test
    void noMoreThreadsServeThanThereAreWorkersAndAllOfThemDo() {
        try (Ledger ledger = open()) {
            Set<Long> threads = IntStream.range(0, 4_000)
                    .parallel()
                    .mapToObj(i -> (Located) answer(ledger, new Locate(i, i % SHARDS)))
                    .map(Located::nativeThreadId)
                    .collect(Collectors.toSet());

            assertEquals(WORKERS, threads.size());
        }
    }

    @Test
    void aBlockedShardCostsOneThreadAndNoOtherShard() {
        try (Ledger ledger = open()) {
            CompletableFuture<Outcome> stuck = ledger.submit(new Sabotage(-1, 0, "blocking-call"));
            for (int shard = 1; shard < SHARDS; shard++) {
                assertEquals(new Accepted(1_001), answer(ledger, new Deposit(shard, shard, 1)));
            }

            assertFalse(stuck.isDone());
        }
    }

    @Test
    void asManyBlockedShardsAsThereAreThreadsStopEverybody() {
        Ledger ledger = open();
        List<CompletableFuture<Outcome>> stuck = IntStream.range(0, WORKERS)
                .mapToObj(shard -> ledger.submit(new Sabotage(-1 - shard, shard, "blocking-call")))
                .toList();
        CompletableFuture<Outcome> neighbor = ledger.submit(new ReadBalance(1, WORKERS));

        // A second is a thousand times what it takes where there is a thread.
        neighbor.completeOnTimeout(new Indeterminate("nobody came"), 1, TimeUnit.SECONDS);
        assertEquals(new Indeterminate("nobody came"), answer(neighbor));
        assertTimeoutPreemptively(Duration.ofSeconds(20), ledger::close);
        stuck.forEach(future -> assertInstanceOf(Indeterminate.class, answer(future)));

        config = config.withVariant("plain");
        try (Ledger reopened = open()) {
            assertEquals(new Accepted(1_000), answer(reopened, new ReadBalance(2, 0)));
        }
    }

    private static Outcome answer(Ledger ledger, Command command) {
        return answer(ledger.submit(command));
    }

    private static Outcome answer(CompletableFuture<Outcome> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }
}
