package fourways.threads;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.LedgerConfig;
import fourways.workload.Pulse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** How long threads wait for a shard's lock. */
class TimedLockingTest {

    private static final int DEADLINE_MILLIS = 40;

    /** So long that two threads that begin to wait at about the same time are told apart by it: one waits seconds longer than the other. */
    private static final int SLOW_DEADLINE_MILLIS = 8_000;

    private final GuardedShard guarded = new GuardedShard(0);
    private final Locking locking = new TimedLocking(DEADLINE_MILLIS);

    /** On a thread of its own, for the lock is reentrant; gives back what it got. */
    private boolean elsewhere(BooleanSupplier lock) {
        return CompletableFuture.supplyAsync(() -> {
                    boolean locked = lock.getAsBoolean();
                    if (locked) {
                        guarded.unlock();
                    }
                    return locked;
                })
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void whoeverWaitsInVainMakesTheLockSuspectAndWhoeverHasItNextClearsIt() {
        guarded.lock();
        assertFalse(elsewhere(() -> locking.lock(guarded)));
        assertTrue(guarded.isSuspect());

        guarded.unlock();

        assertTrue(elsewhere(() -> locking.lock(guarded)));
        assertFalse(guarded.isSuspect());
    }

    @Test
    void nobodyWaitsForALockThatIsSuspect() {
        Locking patient = new TimedLocking(Integer.MAX_VALUE);
        guarded.lock();
        guarded.suspect(true);

        assertFalse(elsewhere(() -> patient.lock(guarded)), "it would have waited for days");
        assertFalse(elsewhere(() -> patient.lockToo(guarded)), "it would have waited for days");

        guarded.unlock();
    }

    @Test
    void whoeverGetsALockIsBusyWithANewThing() {
        WatchedPool pool = new WatchedPool(LedgerConfig.inMemory());
        CompletableFuture<Boolean> isNew = new CompletableFuture<>();

        pool.execute(new ShardTask.Tend(0, () -> {
            Pulse pulse = Objects.requireNonNull(WatchedPool.pulse());
            Pulse.Beat waiting = Objects.requireNonNull(pulse.beat());
            locking.lock(guarded);
            isNew.complete(!pulse.isAt(waiting) && pulse.beat() != null);
        }));

        assertTrue(isNew.orTimeout(20, TimeUnit.SECONDS).join());
        pool.shutdownNow();
    }

    @Test
    void theSecondLockIsNotWaitedForForEverEither() {
        guarded.lock();

        assertFalse(elsewhere(() -> locking.lockToo(guarded)));

        guarded.unlock();
        assertTrue(elsewhere(() -> locking.lockToo(guarded)));
    }

    @Test
    void whoHoldsALockGivesTheSecondUpBeforeOthersGiveUpTheFirst() {
        Locking slow = new TimedLocking(SLOW_DEADLINE_MILLIS);
        GuardedShard first = new GuardedShard(1);
        guarded.lock();
        first.lock();
        CompletableFuture<Boolean> other = new CompletableFuture<>();
        Thread waiting = Thread.ofPlatform().daemon().start(() -> other.complete(slow.lock(first)));
        // Its time is running already when that of the second lock begins.
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(() -> slow.lockToo(guarded));

        assertFalse(second.orTimeout(60, TimeUnit.SECONDS).join());
        first.unlock();

        assertTrue(other.orTimeout(60, TimeUnit.SECONDS).join());
        guarded.unlock();
    }

    @Test
    void whoIsInterruptedDoesNotWaitAndStaysInterruptedAndTheLockIsAboveSuspicion() {
        Locking patient = new TimedLocking(Integer.MAX_VALUE);
        guarded.lock();

        boolean interrupted = elsewhere(() -> {
            Thread.currentThread().interrupt();
            assertFalse(patient.lock(guarded));
            assertTrue(Thread.interrupted());
            return false;
        });

        assertFalse(interrupted);
        assertFalse(guarded.isSuspect());
        guarded.unlock();
    }
}
