package fourways.eventloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.Locate;
import fourways.workload.Command.ReadBalance;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Located;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import fourways.workload.Restarts;
import fourways.workload.Shard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hardened ledger that tests do bad things to. Two loops, six shards: the first loop has the even shards, the second the odd ones; account n is on shard n, and is all there is on it.
 */
abstract class HardenedFixture {

    static final Duration SOON = Duration.ofSeconds(20);

    static final long INITIAL = 1_000;

    /** As many loops as may be left behind. */
    static final int BOUND = 4;

    @TempDir
    Path temporary;

    final AtomicLong ids = new AtomicLong();

    final List<CountDownLatch> latches = new ArrayList<>();

    EventLoopLedger ledger;

    LedgerConfig config() {
        return LedgerConfig.in(temporary.resolve("ledger"))
                .withAccounts(6, 6)
                .withWorkers(2)
                .withInitialBalanceCents(INITIAL)
                .withDeadlineMillis(200)
                .withVariant("hardened");
    }

    final void open(LedgerConfig config) {
        ledger = new EventLoopLedger(config, Policies.hardened(() -> Restarts.usual(config)));
    }

    @BeforeEach
    void open() {
        open(config());
    }

    @AfterEach
    void close() {
        latches.forEach(CountDownLatch::countDown);
        ledger.close();
    }

    /** What a loop does late with a shard that is not its own any more. */
    interface Late {
        void use(Shard shard);
    }

    /** Returns when the loop is in the middle of something with a shard, from which it comes back when released. */
    CountDownLatch hold(WatchedLoop loop, int shard, Late late) {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        latches.add(release);
        assertTrue(loop.verticle()
                .post(task -> loop.verticle().shard(shard).deliver(own -> {
                    held.countDown();
                    awaitUninterruptibly(release);
                    late.use(own);
                })));
        awaitUninterruptibly(held);
        return release;
    }

    WatchedLoop loopOf(int shard) {
        return ((SupervisedOwners) ledger.owners()).loopOf(shard);
    }

    long id() {
        return ids.incrementAndGet();
    }

    void deposit(int account, long cents) {
        assertInstanceOf(Accepted.class, answer(ledger.submit(new Deposit(id(), account, cents))));
    }

    Outcome read(int account) {
        return answer(ledger.submit(new ReadBalance(id(), account)));
    }

    Located locate(int shard) {
        return assertInstanceOf(Located.class, answer(ledger.submit(new Locate(id(), shard))));
    }

    void awaitBalance(int account, long cents) {
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertEquals(new Accepted(cents), read(account)));
    }

    static String unavailable(Outcome outcome) {
        Refused refused = assertInstanceOf(Refused.class, outcome);
        assertEquals(Reason.UNAVAILABLE, refused.reason(), refused::detail);
        return refused.detail();
    }

    static Outcome answer(CompletableFuture<Outcome> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
