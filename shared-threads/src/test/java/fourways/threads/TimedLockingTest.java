package fourways.threads;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.LedgerConfig;
import fourways.workload.Pulse;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** How long threads wait for a shard's lock. */
class TimedLockingTest {

    private static final int DEADLINE_MILLIS = 40;

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
}
