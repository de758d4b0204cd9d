package fourways.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Admission;
import fourways.workload.Command;
import fourways.workload.Command.Deposit;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Command.Transfer;
import fourways.workload.JournalMode;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import fourways.workload.RestartBackoff;
import fourways.workload.Restarts;
import fourways.workload.Shard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the hardened variant makes of threads that are stuck, and of requests that make shards fail. Two threads, six shards; account n is on shard n. */
class HardenedFailureTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int SHARDS = 6;
    private static final int WORKERS = 2;
    private static final long INITIAL = 1_000;

    /** Longer than any test takes. */
    private static final int NEVER_MILLIS = 60_000;

    @TempDir
    Path temporary;

    private final AtomicLong ids = new AtomicLong();
    private final List<CountDownLatch> latches = new ArrayList<>();
    private ThreadsLedger ledger;
    private WatchedPool pool;

    private LedgerConfig config() {
        return LedgerConfig.in(temporary.resolve("ledger"))
                .withAccounts(SHARDS, SHARDS)
                .withWorkers(WORKERS)
                .withInitialBalanceCents(INITIAL)
                .withDeadlineMillis(200)
                .withVariant("hardened");
    }

    private void open(LedgerConfig config, Admission admission, Policies policies) {
        pool = (WatchedPool) policies.threads();
        ledger = new ThreadsLedger(config, admission, policies);
    }

    private void open(LedgerConfig config, Supplier<Restarts> restarts) {
        Admission admission = new Admission(config);
        open(config, admission, Policies.hardened(config, admission, restarts));
    }

    private void reopen(LedgerConfig config) {
        ledger.close();
        open(config, () -> Restarts.usual(config));
    }

    @BeforeEach
    void open() {
        LedgerConfig config = config();
        Admission admission = new Admission(config);
        open(config, admission, Policies.hardened(config, admission, () -> Restarts.usual(config)));
    }

    @AfterEach
    void close() {
        latches.forEach(CountDownLatch::countDown);
        ledger.close();
    }

    private static final class Hold {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);
    }

    /** Has a thread of the pool hold a shard's lock, not impressed by interrupts, and do something with the shard when it is released. */
    private Hold hold(int index, Consumer<Shard> late) {
        Hold hold = new Hold();
        latches.add(hold.release);
        GuardedShards shards = ledger.shards();
        pool.execute(new ShardTask.Tend(
                index,
                () -> shards.guard(index, shard -> {
                    hold.entered.countDown();
                    awaitInSpiteOfInterrupts(hold.release);
                    late.accept(shard);
                })));
        awaitInSpiteOfInterrupts(hold.entered);
        return hold;
    }

    private static void awaitInSpiteOfInterrupts(CountDownLatch latch) {
        boolean open = false;
        while (!open) {
            try {
                assertTrue(latch.await(60, TimeUnit.SECONDS));
                open = true;
            } catch (InterruptedException e) {
                // The next attempt waits again: the flag is clear.
            }
        }
    }

    @Test
    void theShardOfAStuckThreadIsServedAnewAndTheOthersAllTheTime() {
        deposit(0, 1);

        CompletableFuture<Outcome> stuck = ledger.submit(new Sabotage(id(), 0, "blocking-call"));

        assertTrue(assertInstanceOf(Indeterminate.class, answer(stuck)).detail().contains("ledger-pool-"));
        for (int account = 1; account < SHARDS; account++) {
            assertEquals(new Accepted(INITIAL + 1), answer(new Deposit(id(), account, 1)));
        }
        awaitBalance(0, INITIAL + 1);
        assertEquals(new Accepted(INITIAL), answer(new Transfer(id(), 0, 1, 1)));
        assertEquals(WORKERS + 1, pool.getMaximumPoolSize(), "it is stuck for half a minute");
    }

    @Test
    void asManyStuckRequestsAsThereAreThreadsLeaveAsManyThreads() {
        List<CompletableFuture<Outcome>> stuck = IntStream.range(0, WORKERS)
                .mapToObj(shard -> ledger.submit(new Sabotage(id(), shard, "blocking-call")))
                .toList();

        stuck.forEach(each -> assertInstanceOf(Indeterminate.class, answer(each)));

        for (int account = 0; account < SHARDS; account++) {
            awaitBalance(account, INITIAL);
        }
        assertEquals(2 * WORKERS, pool.getMaximumPoolSize());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
    void aThreadThatComesBackCanChangeNothingAndIsOneTooMany(JournalMode mode) {
        reopen(config().withJournal(mode, temporary.resolve("ledger")));
        deposit(0, 1);
        CompletableFuture<Throwable> late = new CompletableFuture<>();
        CompletableFuture<Outcome> lateReply = new CompletableFuture<>();
        Hold hold = hold(
                0,
                shard -> late.complete(assertThrows(
                        Throwable.class, () -> shard.handle(new Deposit(id(), 0, 500), lateReply::complete))));
        awaitBalance(0, INITIAL + 1);
        deposit(0, 10);

        hold.release.countDown();

        assertInstanceOf(
                IllegalStateException.class,
                late.orTimeout(20, TimeUnit.SECONDS).join());
        Awaitility.await().atMost(SOON).until(() -> pool.getMaximumPoolSize() == WORKERS);
        Awaitility.await().atMost(SOON).until(() -> pool.getPoolSize() <= WORKERS);
        assertEquals(false, lateReply.isDone());
        assertEquals(new Accepted(INITIAL + 11), answer(new ReadBalance(id(), 0)));
        reopen(config().withJournal(mode, temporary.resolve("ledger")));
        assertEquals(new Accepted(INITIAL + 11), answer(new ReadBalance(id(), 0)));
    }

    @Test
    void whatALateThreadThrowsIsNoFailureOfTheShardThatIsServedSince() {
        Hold hold = hold(0, shard -> {
            throw new IllegalStateException("thrown late, on purpose");
        });
        awaitBalance(0, INITIAL);
        GuardedShards shards = ledger.shards();
        Shard since = inPlace(shards, 0);

        hold.release.countDown();
        Awaitility.await().atMost(SOON).until(() -> pool.getMaximumPoolSize() == WORKERS);

        assertEquals(since, inPlace(shards, 0));
        assertEquals(new Accepted(INITIAL), answer(new ReadBalance(id(), 0)));
    }

    private static Shard inPlace(GuardedShards shards, int index) {
        CompletableFuture<Shard> shard = new CompletableFuture<>();
        shards.guard(index, shard::complete);
        return shard.join();
    }

    @Test
    void withNothingJournaledAShardIsRefusedUntilItsThreadIsBack() {
        reopen(config().withJournal(JournalMode.MEMORY, null));
        deposit(0, 1);
        Hold hold = hold(0, shard -> {});
        Refused refused = awaitRefusal(0, "is stuck with [0]");
        assertEquals(Reason.UNAVAILABLE, refused.reason());
        assertEquals(new Accepted(INITIAL), answer(new ReadBalance(id(), 1)));

        hold.release.countDown();

        awaitBalance(0, INITIAL + 1);
    }

    @Test
    void beyondTheBoundNobodyIsReplacedAndAllIsRefusedByNameUntilOneComesBack() {
        reopen(config().withWorkers(1));
        List<Hold> holds = new ArrayList<>();
        for (int stuck = 0; stuck <= WatchedPool.MAX_STUCK_PER_WORKER; stuck++) {
            holds.add(hold(stuck, shard -> {}));
        }

        Refused refused = awaitRefusal(SHARDS - 1, "no thread is left");

        assertTrue(refused.detail().contains("ledger-pool-0"), refused.detail());
        assertEquals(1 + WatchedPool.MAX_STUCK_PER_WORKER, pool.getPoolSize());
        holds.getFirst().release.countDown();
        for (int account = 0; account < SHARDS; account++) {
            awaitBalance(account, INITIAL);
        }
    }

    @Test
    void nobodyWaitsForTheLockOfAStuckThreadForLongAndWhatIsRefusedDidNotHappen() {
        reopen(config().withDeadlineMillis(5_000).withWorkers(4));
        Hold hold = hold(0, shard -> {});
        List<CompletableFuture<Outcome>> waiting = IntStream.range(0, 120)
                .mapToObj(i -> ledger.submit(
                        i % 2 == 0 ? new Deposit(id(), 0, 100) : new Transfer(id(), 1 + i % (SHARDS - 1), 0, 100)))
                .toList();

        for (CompletableFuture<Outcome> each : waiting) {
            Refused refused = assertInstanceOf(Refused.class, answer(each));
            assertEquals(Reason.UNAVAILABLE, refused.reason());
            assertTrue(refused.detail().contains("ledger-pool-0 has it"), refused.detail());
        }
        for (int account = 1; account < SHARDS; account++) {
            assertEquals(new Accepted(INITIAL), answer(new ReadBalance(id(), account)));
        }
        assertEquals(4, pool.getMaximumPoolSize(), "the deadline has not passed");
        hold.release.countDown();
        awaitBalance(0, INITIAL);
    }

    @Test
    void threadsThatWaitForEachOtherAreNamed() {
        CompletableFuture<Outcome> one = ledger.submit(new Sabotage(id(), 1, "deadlock"));
        CompletableFuture<Outcome> two = ledger.submit(new Sabotage(id(), 4, "deadlock"));

        for (CompletableFuture<Outcome> each : List.of(one, two)) {
            String detail = assertInstanceOf(Indeterminate.class, answer(each)).detail();
            assertTrue(detail.contains("in a deadlock"), detail);
            assertTrue(detail.contains("ledger-pool-0 ("), detail);
            assertTrue(detail.contains("of ledger-pool-1"), detail);
        }
        awaitBalance(1, INITIAL);
        awaitBalance(4, INITIAL);
    }

    @Test
    void aRequestThatMakesItsShardFailEachTimeIsKeptOut() {
        Sabotage poison = new Sabotage(id(), 0, "exception");
        for (int strike = 0; strike < 3; strike++) {
            assertInstanceOf(Indeterminate.class, answerWhenServed(poison));
        }

        assertEquals(
                Reason.QUARANTINED,
                assertInstanceOf(Refused.class, answer(poison)).reason());
        awaitBalance(0, INITIAL);
    }

    @Test
    void aRequestThatMakesItsThreadStuckEachTimeIsKeptOut() {
        Sabotage poison = new Sabotage(id(), 0, "blocking-call");
        for (int strike = 0; strike < 3; strike++) {
            assertInstanceOf(Indeterminate.class, answerWhenServed(poison));
        }

        assertEquals(
                Reason.QUARANTINED,
                assertInstanceOf(Refused.class, answer(poison)).reason());
        awaitBalance(0, INITIAL);
    }

    @Test
    void aShardThatFailsTooOftenInARowIsRefusedForAWhileAndTriedAgain() {
        ledger.close();
        RestartBackoff.Settings twoRestarts = new RestartBackoff.Settings(
                2, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofDays(1), Duration.ofSeconds(2));
        open(config(), () -> Restarts.withBackoff(twoRestarts));
        for (int failure = 0; failure < 3; failure++) {
            assertInstanceOf(Indeterminate.class, answerWhenServed(new Sabotage(id(), 0, "exception")));
        }

        awaitRefusal(0, "too often in a row");

        assertEquals(new Accepted(INITIAL), answer(new ReadBalance(id(), 1)));
        awaitBalance(0, INITIAL);
    }

    @Test
    void aMessageThatCannotBeBroughtInTimeIsSentAgain() {
        ledger.close();
        LedgerConfig config = config().withJournal(JournalMode.DISK, temporary.resolve("ledger"));
        Admission admission = new Admission(config);
        Policies usual = Policies.hardened(config, admission, () -> Restarts.usual(config));
        AtomicBoolean missed = new AtomicBoolean();
        Locking missing = new Locking() {
            @Override
            public boolean lock(GuardedShard guarded) {
                boolean miss = Thread.currentThread().getName().equals("ledger-commit") && !missed.getAndSet(true);
                return !miss && usual.locking().lock(guarded);
            }

            @Override
            public boolean lockToo(GuardedShard guarded) {
                return usual.locking().lockToo(guarded);
            }
        };
        open(
                config,
                admission,
                new Policies(pool(usual), missing, usual.restarts(), usual.blame(), usual.supervision()));

        assertEquals(new Accepted(INITIAL - 100), answer(new Transfer(id(), 0, 1, 100)));

        assertTrue(missed.get());
        assertEquals(new Accepted(INITIAL + 100), answer(new ReadBalance(id(), 1)));
    }

    private static WatchedPool pool(Policies policies) {
        return (WatchedPool) policies.threads();
    }

    @Test
    void whatItsClientGaveUpGivesItsSlotBackAndDoesNotHappen() {
        reopen(config().withWorkers(1).withCapacity(1).withDeadlineMillis(NEVER_MILLIS));
        Hold hold = hold(0, shard -> {});
        CompletableFuture<Outcome> queued = ledger.submit(new Deposit(id(), 1, 100));
        assertTrue(queued.cancel(false));

        hold.release.countDown();

        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertEquals(new Accepted(INITIAL), answer(new ReadBalance(id(), 1))));
    }

    @Test
    void closeDoesNotWaitForWhoIsStuck() {
        reopen(config().withDeadlineMillis(NEVER_MILLIS));
        deposit(0, 1);
        CompletableFuture<Throwable> late = new CompletableFuture<>();
        Hold hold = hold(
                0,
                shard -> late.complete(
                        assertThrows(Throwable.class, () -> shard.handle(new Deposit(id(), 0, 500), outcome -> {}))));

        reopen(config());
        hold.release.countDown();

        assertInstanceOf(
                IllegalStateException.class,
                late.orTimeout(20, TimeUnit.SECONDS).join());
        assertEquals(new Accepted(INITIAL + 1), answer(new ReadBalance(id(), 0)));
    }

    private long id() {
        return ids.incrementAndGet();
    }

    private void deposit(int account, long cents) {
        assertInstanceOf(Accepted.class, answer(new Deposit(id(), account, cents)));
    }

    private Outcome answer(Command command) {
        return answer(ledger.submit(command));
    }

    private static Outcome answer(CompletableFuture<Outcome> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** Unless it is refused because the shard is being recovered. */
    private Outcome answerWhenServed(Command command) {
        return Awaitility.await()
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () -> answer(command),
                        outcome -> !(outcome instanceof Refused refused && refused.reason() == Reason.UNAVAILABLE));
    }

    private void awaitBalance(int account, long cents) {
        assertEquals(new Accepted(cents), answerWhenServed(new ReadBalance(id(), account)));
    }

    private Refused awaitRefusal(int account, String detail) {
        return (Refused) Awaitility.await()
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () -> answer(new ReadBalance(id(), account)),
                        outcome -> outcome instanceof Refused refused
                                && refused.detail().contains(detail));
    }
}
