package fourways.eventloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import fourways.workload.Command;
import fourways.workload.Command.Deposit;
import fourways.workload.Command.Locate;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Located;
import fourways.workload.Standstill;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to shards that worker threads take turns to run. Account n is the only one on shard n, and begins with 1,000 cents. */
class WorkerEventLoopLedgerTest {

    private static final int SHARDS = 8;

    private static final int WORKERS = 4;

    @TempDir
    Path directory;

    private final AtomicLong ids = new AtomicLong();

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
            Standstill.Hold hold = Standstill.of(ledger, 0, ids::decrementAndGet);
            for (int shard = 1; shard < SHARDS; shard++) {
                assertEquals(new Accepted(1_001), answer(ledger, new Deposit(shard, shard, 1)));
            }

            hold.release();
        }
    }

    @Test
    void asManyBlockedShardsAsThereAreThreadsStopEverybody() {
        Ledger ledger = open();
        List<Standstill.Hold> holds = IntStream.range(0, WORKERS)
                .mapToObj(shard -> Standstill.of(ledger, shard, ids::decrementAndGet))
                .toList();
        CompletableFuture<Outcome> neighbor = ledger.submit(new ReadBalance(1, WORKERS));

        // A second is a thousand times what it takes where there is a thread.
        neighbor.completeOnTimeout(new Indeterminate("nobody came"), 1, TimeUnit.SECONDS);
        assertEquals(new Indeterminate("nobody came"), answer(neighbor));
        assertTimeoutPreemptively(Duration.ofSeconds(20), ledger::close);

        config = config.withVariant("plain");
        try (Ledger reopened = open()) {
            assertEquals(new Accepted(1_000), answer(reopened, new ReadBalance(2, 0)));
        }
        holds.forEach(Standstill.Hold::release);
    }

    /**
     * What is still in the queue of a context Vert.x hands on to a pool that is gone, and the thread throws that it cannot (see {@link Loops#close}). No harm is done, and it ends.
     */
    @Test
    void aThreadThatComesBackAfterTheEndDoesNothingMore() {
        Ledger ledger = open();
        Standstill.Hold hold = Standstill.of(ledger, 0, ids::decrementAndGet);
        Thread late = hold.thread();
        Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
        late.setUncaughtExceptionHandler((thread, e) -> thrown.add(e));
        CompletableFuture<Outcome> behind = ledger.submit(new Deposit(1, 0, 10));
        ledger.close();

        hold.release();

        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !late.isAlive());
        assertInstanceOf(Indeterminate.class, answer(behind));
        assertEquals(
                List.of(RejectedExecutionException.class),
                thrown.stream().map(Throwable::getClass).toList());
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
