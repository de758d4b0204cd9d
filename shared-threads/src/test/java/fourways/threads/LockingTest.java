package fourways.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Admission;
import fourways.workload.Command.Deposit;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Transfer;
import fourways.workload.JournalMode;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import fourways.workload.Restarts;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What becomes of those who wait for the lock of a stuck thread, and of what they wanted to say. */
class LockingTest extends HardenedFixture {

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
    void aTransferThatDoesNotGetItsSecondLockLetsGoOfItsFirstAndHasNotHappened() {
        reopen(config().withDeadlineMillis(5_000).withWorkers(4));
        Hold hold = hold(3, shard -> {});
        GuardedShard first = ledger.shards().places().of(1);

        Refused upward = assertInstanceOf(Refused.class, answer(new Transfer(id(), 1, 3, 100)));
        Refused downward = assertInstanceOf(Refused.class, answer(new Transfer(id(), 3, 1, 100)));

        for (Refused refused : List.of(upward, downward)) {
            assertTrue(refused.detail().contains("shard 3: its lock was not to be had in time"), refused.detail());
        }
        // It is refused a moment before.
        Awaitility.await().atMost(SOON).until(() -> first.holder() == null);
        assertEquals(new Accepted(INITIAL), answer(new ReadBalance(id(), 1)));
        hold.release.countDown();
        awaitBalance(3, INITIAL);
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
                new Policies(
                        pool(usual), usual.bulkhead(), missing, usual.restarts(), usual.blame(), usual.supervision()));

        assertEquals(new Accepted(INITIAL - 100), answer(new Transfer(id(), 0, 1, 100)));

        assertTrue(missed.get());
        assertEquals(new Accepted(INITIAL + 100), answer(new ReadBalance(id(), 1)));
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
}
