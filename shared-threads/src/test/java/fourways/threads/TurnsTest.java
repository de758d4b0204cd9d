package fourways.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Admission;
import fourways.workload.Command.Deposit;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Transfer;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Pulse;
import fourways.workload.Restarts;
import fourways.workload.Standstill;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What neighbors notice of a shard for which more is to be done than can be done. */
class TurnsTest extends HardenedFixture {

    /** Shards on both sides of it, for locks are taken in their order. */
    private static final int VICTIM = 3;

    private static final int FLOOD = 100;

    private final List<Standstill.Hold> standstills = new ArrayList<>();

    /** The victim's thread stands still in the middle of a request. */
    private Standstill.Hold standStill(int shard) {
        Standstill.Hold hold = Standstill.of(ledger, shard, this::id);
        standstills.add(hold);
        return hold;
    }

    @AfterEach
    void release() {
        standstills.forEach(Standstill.Hold::release);
    }

    /** Deposits of one cent, and transfers of one cent from each other shard. */
    private List<CompletableFuture<Outcome>> flood() {
        List<CompletableFuture<Outcome>> flood = new ArrayList<>();
        for (int i = 0; i < FLOOD; i++) {
            int shard = i % SHARDS;
            flood.add(ledger.submit(
                    shard == VICTIM ? new Deposit(id(), VICTIM, 1) : new Transfer(id(), shard, VICTIM, 1)));
        }
        return flood;
    }

    private void assertNeighborsServe() {
        for (int account = 0; account < SHARDS; account++) {
            if (account != VICTIM) {
                assertInstanceOf(Accepted.class, answer(new ReadBalance(id(), account)));
            }
        }
    }

    @Test
    void aFloodedShardHasOneThreadAndItsNeighborsHaveTheOther() {
        reopen(config().withDeadlineMillis(NEVER_MILLIS));
        Standstill.Hold hold = standStill(VICTIM);
        List<CompletableFuture<Outcome>> flood = flood();

        assertNeighborsServe();

        assertTrue(flood.stream().noneMatch(CompletableFuture::isDone), "whoever is there has not left yet");
        hold.release();
        flood.forEach(each -> assertInstanceOf(Accepted.class, answer(each)));
        assertEquals(new Accepted(INITIAL + FLOOD), answer(new ReadBalance(id(), VICTIM)));
    }

    @Test
    void aThreadThatHasServedSomeInARowDoesWhatIsNextForOthers() {
        reopen(config().withDeadlineMillis(NEVER_MILLIS));
        Standstill.Hold hold = standStill(VICTIM);
        AtomicInteger served = new AtomicInteger();
        List<CompletableFuture<?>> flood = new ArrayList<>();
        for (int i = 0; i < FLOOD; i++) {
            flood.add(ledger.submit(new Deposit(id(), VICTIM, 1)).thenRun(served::incrementAndGet));
        }
        // Behind the flood in the pool's queue: all of that waits for its turn when this has the other thread.
        standStill(0);
        CompletableFuture<Integer> servedBefore =
                ledger.submit(new ReadBalance(id(), 1)).thenApply(outcome -> served.get());

        hold.release();

        int inARow = servedBefore.orTimeout(20, TimeUnit.SECONDS).join();
        assertTrue(inARow <= Turns.MAX_IN_A_ROW, () -> inARow + " had their turn before somebody else's");
        standstills.forEach(Standstill.Hold::release);
        flood.forEach(each -> each.orTimeout(20, TimeUnit.SECONDS).join());
    }

    @Test
    void whoTakesTheShardOfAStuckThreadGoesOnWithWhatWaitedForIt() {
        reopen(config().withDeadlineMillis(1_000));
        standStill(VICTIM);

        List<CompletableFuture<Outcome>> flood = flood();

        long arrived =
                flood.stream().filter(each -> answer(each) instanceof Accepted).count();
        awaitBalance(VICTIM, INITIAL + arrived);
        assertNeighborsServe();
    }

    @Test
    void theWatchdogIsToldOfEachRequestThatHasItsTurn() {
        ledger.close();
        LedgerConfig config = config().withDeadlineMillis(NEVER_MILLIS);
        Admission admission = new Admission(config);
        Policies usual = Policies.hardened(config, admission, () -> Restarts.usual(config));
        Set<Long> told = ConcurrentHashMap.newKeySet();
        open(config, admission, withLocking(usual, guarded -> {
            Pulse pulse = WatchedPool.pulse();
            Pulse.Beat beat = pulse == null ? null : pulse.beat();
            told.add(beat == null ? 0 : beat.id());
        }));
        Standstill.Hold hold = standStill(VICTIM);
        long firstId = id() + 1;
        List<CompletableFuture<Outcome>> flood = flood();
        assertNeighborsServe();

        hold.release();
        flood.forEach(each -> assertInstanceOf(Accepted.class, answer(each)));

        assertEquals(Set.of(), missing(told, firstId));
    }

    private static Set<Long> missing(Set<Long> told, long firstId) {
        return LongStream.range(firstId, firstId + FLOOD)
                .boxed()
                .filter(id -> !told.contains(id))
                .collect(Collectors.toSet());
    }

    /** Sees each shard whose lock is about to be taken as a request's first. */
    private static Policies withLocking(Policies usual, Consumer<GuardedShard> before) {
        Locking seen = new Locking() {
            @Override
            public boolean lock(GuardedShard guarded) {
                before.accept(guarded);
                return usual.locking().lock(guarded);
            }

            @Override
            public boolean lockToo(GuardedShard guarded) {
                return usual.locking().lockToo(guarded);
            }
        };
        return new Policies(
                usual.threads(), usual.bulkhead(), seen, usual.restarts(), usual.blame(), usual.supervision());
    }

    @Test
    void aThreadThatDiesLeavesItsTurnToWhoWaitsForIt() {
        ledger.close();
        LedgerConfig config = config().withDeadlineMillis(NEVER_MILLIS);
        Admission admission = new Admission(config);
        Policies usual = Policies.hardened(config, admission, () -> Restarts.usual(config));
        Hold hold = new Hold();
        latches.add(hold.release);
        AtomicBoolean armed = new AtomicBoolean();
        open(config, admission, withLocking(usual, guarded -> {
            if (guarded.index() == VICTIM && armed.compareAndSet(true, false)) {
                hold.entered.countDown();
                awaitInSpiteOfInterrupts(hold.release);
                throw new IllegalStateException("thrown on purpose");
            }
        }));
        armed.set(true);
        CompletableFuture<Outcome> lost = ledger.submit(new Deposit(id(), VICTIM, 1));
        awaitInSpiteOfInterrupts(hold.entered);
        List<CompletableFuture<Outcome>> flood = flood();
        assertNeighborsServe();

        hold.release.countDown();

        flood.forEach(each -> assertInstanceOf(Accepted.class, answer(each)));
        assertFalse(lost.isDone());
    }
}
