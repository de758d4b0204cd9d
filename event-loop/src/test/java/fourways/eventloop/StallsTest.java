package fourways.eventloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Command.Transfer;
import fourways.workload.JournalMode;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of loops that do not come back, and of their shards. */
class StallsTest extends HardenedFixture {

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
}
