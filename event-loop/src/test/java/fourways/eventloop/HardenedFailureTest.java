package fourways.eventloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Admission;
import fourways.workload.Command;
import fourways.workload.Command.Deposit;
import fourways.workload.Command.Locate;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Command.Transfer;
import fourways.workload.JournalMode;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Located;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import fourways.workload.Request;
import fourways.workload.RestartBackoff;
import fourways.workload.Restarts;
import fourways.workload.Shard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the hardened variant makes of loops that are stuck, and of requests that make shards fail. Two loops, six shards: the first loop has the even shards, the
 * second the odd ones; account n is on shard n.
 */
class HardenedFailureTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long INITIAL = 1_000;

    /** As many loops as may be left behind. */
    private static final int BOUND = 4;

    @TempDir
    Path temporary;

    private final AtomicLong ids = new AtomicLong();
    private final List<CountDownLatch> latches = new ArrayList<>();
    private EventLoopLedger ledger;

    private LedgerConfig config() {
        return LedgerConfig.in(temporary.resolve("ledger"))
                .withAccounts(6, 6)
                .withWorkers(2)
                .withInitialBalanceCents(INITIAL)
                .withDeadlineMillis(200)
                .withVariant("hardened");
    }

    private void open(LedgerConfig config) {
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

    @Test
    void theShardsOfAStuckLoopAreServedByAFreshOne() {
        deposit(0, 1);
        deposit(2, 2);
        Located before = locate(2);
        Located other = locate(1);

        CompletableFuture<Outcome> stuck = ledger.submit(new Sabotage(id(), 0, "blocking-call"));
        CompletableFuture<Outcome> behind = ledger.submit(new Deposit(id(), 2, 20));

        assertTrue(assertInstanceOf(Indeterminate.class, answer(stuck)).detail().contains("stuck"));
        assertEquals(new Accepted(INITIAL + 22), answer(behind), "only late");
        awaitBalance(0, INITIAL + 1);
        assertNotEquals(before.nativeThreadId(), locate(2).nativeThreadId());
        assertEquals(other, locate(1), "the other loop is not concerned");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
    void aLoopThatComesBackCanTouchNothingAndItsThreadEnds(JournalMode mode) {
        ledger.close();
        open(config().withJournal(mode, temporary.resolve("ledger")));
        deposit(0, 1);
        WatchedLoop loop = loopOf(0);
        CompletableFuture<Throwable> late = new CompletableFuture<>();
        CompletableFuture<Outcome> lateReply = new CompletableFuture<>();
        CountDownLatch release = hold(
                loop,
                0,
                shard -> late.complete(assertThrows(
                        Throwable.class, () -> shard.handle(new Deposit(id(), 0, 500), lateReply::complete))));
        CompletableFuture<Outcome> same = ledger.submit(new Deposit(id(), 0, 10));
        CompletableFuture<Outcome> neighbor = ledger.submit(new Deposit(id(), 2, 20));
        assertInstanceOf(Indeterminate.class, answer(same));
        assertEquals(new Accepted(INITIAL + 20), answer(neighbor));
        awaitBalance(0, INITIAL + 1);

        release.countDown();

        assertInstanceOf(
                IllegalStateException.class,
                late.orTimeout(20, TimeUnit.SECONDS).join());
        // With it goes what it still had in its queue: all that came while it was stuck.
        Awaitility.await().atMost(SOON).until(() -> !loop.thread().isAlive());
        assertFalse(lateReply.isDone());
        assertEquals(new Accepted(INITIAL + 1), read(0));
        assertEquals(new Accepted(INITIAL + 20), read(2));
        ledger.close();
        open(config());
        assertEquals(new Accepted(INITIAL + 1), read(0));
        assertEquals(new Accepted(INITIAL + 20), read(2));
    }

    @Test
    void whatANeighborHadUnderWayIsAnsweredByTheFreshLoop() {
        CountDownLatch destination = new CountDownLatch(1);
        latches.add(destination);
        // Not in a beat, so nobody takes the loop for stuck.
        loopOf(1).verticle().post(task -> awaitUninterruptibly(destination));
        CompletableFuture<Outcome> transfer = ledger.submit(new Transfer(id(), 2, 1, 70));
        assertEquals(new Accepted(INITIAL - 70), read(2), "debited");
        WatchedLoop loop = loopOf(0);

        hold(loop, 0, shard -> {});
        Awaitility.await().atMost(SOON).until(() -> !loopOf(0).equals(loop));
        assertFalse(transfer.isDone());
        destination.countDown();

        assertEquals(
                new Accepted(INITIAL - 70), answer(transfer), "by the shard that knows who asked: it was not replayed");
        assertEquals(new Accepted(INITIAL + 70), read(1));
        assertEquals(new Accepted(INITIAL - 70), read(2));
    }

    @Test
    void aRequestThatTheGateMayStillRefuseIsNotCarriedOutByTheFreshLoop() {
        Request atTheGate = ledger.admission().admit(new Deposit(id(), 2, 20));

        hold(loopOf(0), 0, shard -> {});
        // In the next slot, so it is found after that one.
        CompletableFuture<Outcome> behind = ledger.submit(new ReadBalance(id(), 2));

        assertEquals(new Accepted(INITIAL), answer(behind));
        atTheGate.answer(Admission.unavailable("suspended meanwhile"));
    }

    @Test
    void moneyOnItsWayToShardsOfAStuckLoopArrives() {
        CountDownLatch release = hold(loopOf(0), 0, shard -> {});
        CompletableFuture<Outcome> toNeighbor = ledger.submit(new Transfer(id(), 1, 2, 70));
        CompletableFuture<Outcome> toStuck = ledger.submit(new Transfer(id(), 1, 0, 7));

        assertEquals(new Accepted(INITIAL - 70), answer(toNeighbor));
        assertEquals(new Accepted(INITIAL - 77), answer(toStuck));
        release.countDown();

        assertEquals(new Accepted(INITIAL + 70), read(2));
        assertEquals(new Accepted(INITIAL + 7), read(0));
    }

    @Test
    void theNumberOfLoopsLeftBehindIsBoundedAndSaid() {
        List<CountDownLatch> releases = new ArrayList<>();
        for (int stuck = 0; stuck < BOUND; stuck++) {
            WatchedLoop loop = loopOf(0);
            // Not always the same shard: that would be given up for a while.
            int shard = stuck % 2 == 0 ? 0 : 2;
            releases.add(hold(loop, shard, late -> {}));
            Awaitility.await().atMost(SOON).until(() -> !loopOf(0).equals(loop));
            awaitBalance(shard, INITIAL);
        }

        releases.add(hold(loopOf(0), 4, late -> {}));
        CompletableFuture<Outcome> behind = ledger.submit(new ReadBalance(id(), 2));
        CompletableFuture<Outcome> toThere = ledger.submit(new Transfer(id(), 1, 2, 5));

        assertTrue(unavailable(answer(behind)).contains("4 event loops are stuck"));
        assertInstanceOf(Indeterminate.class, answer(toThere), "debited");
        for (int shard : new int[] {0, 2, 4}) {
            assertTrue(unavailable(read(shard)).contains("4 event loops are stuck"));
        }
        assertEquals(new Accepted(INITIAL - 5), read(1), "the other loop is not concerned");

        releases.getFirst().countDown();

        awaitBalance(2, INITIAL + 5);
        awaitBalance(0, INITIAL);
        awaitBalance(4, INITIAL);
    }

    @Test
    void withNothingJournaledTheShardWaitsForItsLoopAndTheOthersDoNot() {
        ledger.close();
        open(config().withJournal(JournalMode.MEMORY, null));
        deposit(0, 1);
        deposit(2, 2);

        CountDownLatch release = hold(loopOf(0), 0, shard -> {});
        CompletableFuture<Outcome> behind = ledger.submit(new ReadBalance(id(), 0));

        assertInstanceOf(Indeterminate.class, answer(behind));
        assertEquals(new Accepted(INITIAL + 2), read(2));
        assertTrue(unavailable(read(0)).contains("stuck"));
        release.countDown();
        awaitBalance(0, INITIAL + 1);
    }

    @Test
    void aRequestThatFailsAgainAndAgainIsQuarantinedAndItsShardServes() {
        Command poison = new Sabotage(id(), 0, "exception");
        for (int strike = 0; strike < 3; strike++) {
            assertInstanceOf(Indeterminate.class, answer(ledger.submit(poison)));
        }

        Refused refused = assertInstanceOf(Refused.class, answer(ledger.submit(poison)));

        assertEquals(Reason.QUARANTINED, refused.reason());
        awaitBalance(0, INITIAL);
    }

    @Test
    void aRequestThatItsLoopIsStuckInIsBlamed() {
        Command poison = new Sabotage(id(), 0, "blocking-call");
        for (int strike = 0; strike < 3; strike++) {
            assertInstanceOf(Indeterminate.class, answer(ledger.submit(poison)));
            awaitBalance(0, INITIAL);
        }

        Refused refused = assertInstanceOf(Refused.class, answer(ledger.submit(poison)));

        assertEquals(Reason.QUARANTINED, refused.reason());
        assertEquals(new Accepted(INITIAL), read(0));
    }

    @Test
    void aShardThatFailsTooOftenIsRefusedForAWhileAndItsNeighborsServe() {
        for (int failure = 0; failure < 6; failure++) {
            assertInstanceOf(Indeterminate.class, answer(ledger.submit(new Sabotage(id(), 0, "exception"))));
        }

        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertTrue(unavailable(read(0)).contains("too often in a row")));
        assertTrue(ledger.submit(new ReadBalance(id(), 0)).isDone(), "at once");
        assertEquals(new Accepted(INITIAL), read(2));
    }

    @Test
    void aShardThatFailedTooOftenIsTriedAgainAfterAPause() {
        RestartBackoff.Settings oneRestart = new RestartBackoff.Settings(
                1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMinutes(1), Duration.ofMillis(50));
        ledger.close();
        ledger = new EventLoopLedger(config(), Policies.hardened(() -> Restarts.withBackoff(oneRestart)));
        deposit(0, 1);

        // The second is one too many, and so are all that follow.
        for (int failure = 0; failure < 4; failure++) {
            assertInstanceOf(Indeterminate.class, answer(ledger.submit(new Sabotage(id(), 0, "exception"))));
            awaitBalance(0, INITIAL + 1);
        }
    }

    @Test
    void closeIsBoundedWhileLoopsAreStuckAndLeavesNothingToThem() {
        Set<Thread> before = threads();
        WatchedLoop abandoned = loopOf(0);
        hold(abandoned, 0, shard -> {});
        Awaitility.await().atMost(SOON).until(() -> !loopOf(0).equals(abandoned));
        WatchedLoop stuck = loopOf(1);
        hold(stuck, 1, shard -> {});

        assertTimeoutPreemptively(SOON, ledger::close);

        open(config());
        assertEquals(new Accepted(INITIAL), read(1));
        ledger.close();
        latches.forEach(CountDownLatch::countDown);
        Awaitility.await().atMost(SOON).untilAsserted(() -> {
            Set<Thread> left = threads();
            left.removeAll(before);
            assertEquals(Set.of(), left);
        });
        assertFalse(abandoned.thread().isAlive());
        assertFalse(stuck.thread().isAlive());
    }

    /** Of Vert.x, and ours. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        thread.getName().startsWith("vert") || thread.getName().startsWith("ledger-"))
                .collect(Collectors.toSet());
    }

    /** What a loop does late with a shard that is not its own any more. */
    private interface Late {
        void use(Shard shard);
    }

    /** Returns when the loop is in the middle of something with a shard, from which it comes back when released. */
    private CountDownLatch hold(WatchedLoop loop, int shard, Late late) {
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

    private WatchedLoop loopOf(int shard) {
        return ((SupervisedOwners) ledger.owners()).loopOf(shard);
    }

    private long id() {
        return ids.incrementAndGet();
    }

    private void deposit(int account, long cents) {
        assertInstanceOf(Accepted.class, answer(ledger.submit(new Deposit(id(), account, cents))));
    }

    private Outcome read(int account) {
        return answer(ledger.submit(new ReadBalance(id(), account)));
    }

    private Located locate(int shard) {
        return assertInstanceOf(Located.class, answer(ledger.submit(new Locate(id(), shard))));
    }

    private void awaitBalance(int account, long cents) {
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertEquals(new Accepted(cents), read(account)));
    }

    private static String unavailable(Outcome outcome) {
        Refused refused = assertInstanceOf(Refused.class, outcome);
        assertEquals(Reason.UNAVAILABLE, refused.reason(), refused::detail);
        return refused.detail();
    }

    private static Outcome answer(CompletableFuture<Outcome> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
