package fourways.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Command.Transfer;
import fourways.workload.JournalMode;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import fourways.workload.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of threads that do not come back, and of their shards. */
class StallsTest extends HardenedFixture {

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
}
