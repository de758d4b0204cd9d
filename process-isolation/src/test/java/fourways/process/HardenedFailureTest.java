package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.Locate;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Command.Transfer;
import fourways.workload.JournalFiles;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Located;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import fourways.workload.StandardFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the hardened variant makes of workers that hang, and of requests that kill them. Two workers, four shards: the first worker owns the even shards, the second the odd
 * ones; account n is on shard n.
 */
class HardenedFailureTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final long INITIAL = 100_000;
    private static final int CAPACITY = 16;

    /** Nothing is noticed within this one: longer than any test. */
    private static final int NO_DEADLINE_MILLIS = 60_000;

    @TempDir
    Path temporary;

    private final AtomicLong ids = new AtomicLong();
    private Ledger ledger;

    private LedgerConfig config() {
        return LedgerConfig.in(temporary.resolve("ledger"))
                .withAccounts(4, 4)
                .withWorkers(2)
                .withCapacity(CAPACITY)
                .withVariant("hardened");
    }

    @BeforeEach
    void open() {
        ledger = new ProcessArchitecture().open(config());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void aStoppedWorkerIsKilledAndReplacedAndItsNeighborIsNot() throws Exception {
        deposit(0, 11);
        long victim = pid(0);
        long neighbor = pid(1);

        Signals.send("STOP", victim);
        CompletableFuture<Outcome> inFlight = ledger.submit(new ReadBalance(id(), 0));

        assertEquals(new Accepted(INITIAL), read(1), "the neighbor serves meanwhile");
        assertInstanceOf(Indeterminate.class, answer(inFlight));
        awaitBalance(0, INITIAL + 11);
        assertNotEquals(victim, pid(0));
        assertFalse(isAlive(victim), "before anyone else had its journals");
        assertEquals(neighbor, pid(1));
    }

    /** What waits takes several deadlines, each request only a part of one. */
    @Test
    void aWorkerWithMuchToDoIsNotTakenForOneThatHangs() {
        ledger.close();
        int requests = 400;
        ledger = new ProcessArchitecture().open(config().withCapacity(requests));
        long worker = pid(0);

        List<CompletableFuture<Outcome>> slow = Stream.generate(
                        () -> ledger.submit(new Sabotage(id(), 0, StandardFault.SLOW_REQUEST.faultName())))
                .limit(requests)
                .toList();

        slow.forEach(answer -> assertEquals(new Accepted(0), answer(answer)));
        assertEquals(worker, pid(0));
    }

    @Test
    void aWorkerThatNeverReturnsFromARequestIsKilledAndReplaced() {
        deposit(0, 11);
        long victim = pid(0);

        CompletableFuture<Outcome> stuck = ledger.submit(new Sabotage(id(), 0, StandardFault.BUSY_LOOP.faultName()));
        CompletableFuture<Outcome> behind = ledger.submit(new ReadBalance(id(), 2));

        assertEquals(new Accepted(INITIAL), read(1));
        assertTrue(assertInstanceOf(Indeterminate.class, answer(stuck)).detail().contains("heartbeat"));
        assertInstanceOf(Indeterminate.class, answer(behind));
        awaitBalance(0, INITIAL + 11);
        awaitBalance(2, INITIAL);
        assertFalse(isAlive(victim));
    }

    @Test
    void allWorkersMayHangAtOnce() throws Exception {
        long first = pid(0);
        long second = pid(1);
        Signals.send("STOP", second);
        CompletableFuture<Outcome> transfer = ledger.submit(new Transfer(id(), 0, 1, 7));
        // Debited: were the source stopped before that, the transfer might never happen.
        awaitBalance(0, INITIAL - 7);

        Signals.send("STOP", first);

        answer(transfer);
        awaitBalance(0, INITIAL - 7);
        awaitBalance(1, INITIAL + 7);
        assertFalse(isAlive(first) || isAlive(second));
    }

    @Test
    void whileAllWorkersHangNewcomersAreRefusedAtOnceAndTheLedgerCanBeClosed() throws Exception {
        ledger.close();
        ledger = new ProcessArchitecture().open(config().withDeadlineMillis(NO_DEADLINE_MILLIS));
        Signals.send("STOP", pid(0));
        Signals.send("STOP", pid(1));
        List<CompletableFuture<Outcome>> waiting = new ArrayList<>();
        for (int i = 0; i < CAPACITY; i++) {
            for (int account = 0; account < 4; account++) {
                waiting.add(ledger.submit(new ReadBalance(id(), account)));
            }
        }

        for (int account = 0; account < 4; account++) {
            CompletableFuture<Outcome> newcomer = ledger.submit(new ReadBalance(id(), account));
            assertTrue(newcomer.isDone());
            assertEquals(
                    Reason.OVERLOADED,
                    assertInstanceOf(Refused.class, newcomer.join()).reason());
        }
        ledger.close();

        waiting.forEach(future -> assertInstanceOf(Indeterminate.class, future.join()));
    }

    @Test
    void aShardWhoseJournalIsDamagedIsRefusedWhileTheOthersOfItsWorkerServeAndComesBackWhenItIsMended()
            throws Exception {
        deposit(0, 11);
        deposit(2, 22);
        long victim = pid(0);
        Signals.send("STOP", victim);
        Path damaged = JournalFiles.flipSnapshotBit(temporary.resolve("ledger"), 2);

        Signals.send("KILL", victim);

        awaitBalance(0, INITIAL + 11);
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertTrue(read(2).toString().contains(damaged.toString())));
        assertEquals(
                Reason.UNAVAILABLE,
                assertInstanceOf(Refused.class, answer(ledger.submit(new Transfer(id(), 0, 2, 1))))
                        .reason());
        long successor = pid(0);
        JournalFiles.flipSnapshotBit(temporary.resolve("ledger"), 2);
        awaitBalance(2, INITIAL + 22);
        assertEquals(successor, pid(0));
    }

    @Test
    void aRequestThatEndsItsWorkerAgainAndAgainIsKeptOutAndTheShardLivesOn() {
        assertQuarantined(new Sabotage(id(), 0, StandardFault.EXIT.faultName()));
    }

    @Test
    void aRequestThatFailsItsShardAgainAndAgainIsKeptOutAndTheWorkerLivesOn() {
        long worker = pid(0);

        assertQuarantined(new Sabotage(id(), 0, StandardFault.EXCEPTION.faultName()));

        assertEquals(worker, pid(0));
    }

    private void assertQuarantined(Sabotage poison) {
        deposit(0, 11);
        for (int i = 0; i < 3; i++) {
            awaitBalance(0, INITIAL + 11);
            assertInstanceOf(Indeterminate.class, answer(ledger.submit(poison)));
        }

        Refused refused = assertInstanceOf(Refused.class, answer(ledger.submit(poison)));

        assertEquals(Reason.QUARANTINED, refused.reason());
        assertTrue(refused.detail().contains("command " + poison.id()), refused::detail);
        awaitBalance(0, INITIAL + 11);
        awaitBalance(2, INITIAL);
    }

    private void deposit(int account, long amountCents) {
        assertEquals(
                new Accepted(INITIAL + amountCents), answer(ledger.submit(new Deposit(id(), account, amountCents))));
    }

    private Outcome read(int account) {
        return answer(ledger.submit(new ReadBalance(id(), account)));
    }

    private void awaitBalance(int account, long balanceCents) {
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertEquals(new Accepted(balanceCents), read(account)));
    }

    private long pid(int shard) {
        return assertInstanceOf(Located.class, answer(ledger.submit(new Locate(id(), shard))))
                .pid();
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private long id() {
        return ids.incrementAndGet();
    }

    private static Outcome answer(CompletableFuture<Outcome> future) {
        return future.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
    }
}
