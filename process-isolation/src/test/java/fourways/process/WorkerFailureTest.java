package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command;
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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of a ledger when one of its workers fails. Two workers, four shards: the first worker owns the even shards, the second the odd ones; account n is on shard n.
 */
class WorkerFailureTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final long INITIAL = 100_000;

    @TempDir
    Path temporary;

    private final AtomicLong ids = new AtomicLong();
    private Ledger ledger;

    @BeforeEach
    void open() {
        LedgerConfig config =
                LedgerConfig.in(temporary.resolve("ledger")).withAccounts(4, 4).withWorkers(2);
        ledger = new ProcessArchitecture().open(config);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void aKilledWorkerIsReplacedAndItsNeighborIsNot() throws IOException, InterruptedException {
        deposit(0, 11);
        deposit(1, 22);
        long victim = pid(0);
        long neighbor = pid(1);

        Signals.send("KILL", victim);

        awaitBalance(0, INITIAL + 11);
        assertEquals(new Accepted(INITIAL + 22), read(1));
        assertNotEquals(victim, pid(0));
        assertEquals(pid(0), pid(2));
        assertEquals(neighbor, pid(1));
    }

    @Test
    void whatTheWorkerHadInFlightIsIndeterminateAndNewcomersAreRefusedUntilItIsReplaced() throws Exception {
        long victim = pid(0);
        Signals.send("STOP", victim);
        CompletableFuture<Outcome> inFlight = ledger.submit(new ReadBalance(id(), 0));

        Signals.send("KILL", victim);

        assertInstanceOf(Indeterminate.class, answer(inFlight));
        Outcome newcomer = read(0);
        if (newcomer instanceof Refused refused) {
            assertEquals(Reason.UNAVAILABLE, refused.reason());
        }
        awaitBalance(0, INITIAL);
    }

    @Test
    void aWorkerThatExitsIsReplaced() {
        deposit(0, 11);
        long victim = pid(0);

        Outcome sabotaged = answer(ledger.submit(new Sabotage(id(), 0, StandardFault.EXIT.faultName())));

        assertInstanceOf(Indeterminate.class, sabotaged);
        awaitBalance(0, INITIAL + 11);
        assertNotEquals(victim, pid(0));
    }

    @Test
    void anExceptionOrAStackOverflowCostsTheShardItsMemoryAndTheWorkerNothing() {
        deposit(0, 11);
        long worker = pid(0);

        assertInstanceOf(Indeterminate.class, sabotage(0, StandardFault.EXCEPTION));
        assertEquals(new Accepted(INITIAL + 11), read(0));
        assertInstanceOf(Indeterminate.class, sabotage(0, StandardFault.STACK_OVERFLOW));
        assertEquals(new Accepted(INITIAL + 11), read(0));

        assertEquals(worker, pid(0));
    }

    @Test
    void aWorkerThatNeverReturnsConcernsNobodyElseAndIsKilledOnClose() {
        long victim = pid(0);
        CompletableFuture<Outcome> stuck = ledger.submit(new Sabotage(id(), 0, StandardFault.BUSY_LOOP.faultName()));
        CompletableFuture<Outcome> behind = ledger.submit(new ReadBalance(id(), 2));

        assertEquals(new Accepted(INITIAL), read(1));
        assertEquals(new Accepted(INITIAL - 5), answer(ledger.submit(new Transfer(id(), 1, 3, 5))));
        assertFalse(stuck.isDone() || behind.isDone());
        ledger.close();

        assertInstanceOf(Indeterminate.class, stuck.join());
        assertInstanceOf(Indeterminate.class, behind.join());
        assertFalse(ProcessHandle.of(victim).map(ProcessHandle::isAlive).orElse(false));
    }

    @Test
    void aTransferToAWorkerThatDiesArrivesWithTheNextOneAndIsAcceptedThen() throws Exception {
        long destination = pid(1);
        Signals.send("STOP", destination);
        CompletableFuture<Outcome> transfer = ledger.submit(new Transfer(id(), 0, 1, 7));
        awaitBalance(0, INITIAL - 7);

        Signals.send("KILL", destination);

        assertEquals(new Accepted(INITIAL - 7), answer(transfer));
        assertEquals(new Accepted(INITIAL + 7), read(1));
    }

    @Test
    void aTransferFromAWorkerThatDiesIsIndeterminateAndArrivesOnce() throws Exception {
        long source = pid(0);
        long destination = pid(1);
        Signals.send("STOP", destination);
        CompletableFuture<Outcome> transfer = ledger.submit(new Transfer(id(), 0, 1, 7));
        awaitBalance(0, INITIAL - 7);

        Signals.send("KILL", source);

        assertInstanceOf(Indeterminate.class, answer(transfer));
        // The next one sends the same money again, behind the first, which the stopped destination has not read yet.
        awaitBalance(0, INITIAL - 7);
        Signals.send("CONT", destination);
        awaitBalance(1, INITIAL + 7);
        assertEquals(new Accepted(INITIAL - 7 - 1), answer(ledger.submit(new Transfer(id(), 0, 1, 1))));
        assertEquals(new Accepted(INITIAL + 7 + 1), read(1));
    }

    @Test
    void aTransferUnderWayWithinAWorkerArrivesAfterAnException() {
        // Both in one batch, most likely: the second fails before the money of the first has been credited.
        CompletableFuture<Outcome> transfer = ledger.submit(new Transfer(id(), 0, 2, 7));
        CompletableFuture<Outcome> failure = ledger.submit(new Sabotage(id(), 0, StandardFault.EXCEPTION.faultName()));

        answer(transfer);
        assertInstanceOf(Indeterminate.class, answer(failure));

        awaitBalance(0, INITIAL - 7);
        awaitBalance(2, INITIAL + 7);
    }

    @Test
    void aWorkerWhoseJournalIsDamagedIsGivenUpAndNobodyIsKeptWaiting() throws Exception {
        long victim = pid(1);
        Signals.send("STOP", victim);
        CompletableFuture<Outcome> transfer = ledger.submit(new Transfer(id(), 0, 1, 7));
        awaitBalance(0, INITIAL - 7);
        Path damaged = JournalFiles.flipSnapshotBit(temporary.resolve("ledger"), 1);

        Signals.send("KILL", victim);

        assertInstanceOf(Indeterminate.class, answer(transfer));
        Refused refused = assertInstanceOf(Refused.class, read(3));
        assertEquals(Reason.UNAVAILABLE, refused.reason());
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertTrue(read(1).toString().contains(damaged.toString())));
        assertEquals(Reason.UNAVAILABLE, refusal(ledger.submit(new Transfer(id(), 0, 3, 7))));
        assertEquals(new Accepted(INITIAL - 7), read(0));
    }

    private void deposit(int account, long amountCents) {
        assertEquals(
                new Accepted(INITIAL + amountCents), answer(ledger.submit(new Deposit(id(), account, amountCents))));
    }

    private Outcome read(int account) {
        return answer(ledger.submit(new ReadBalance(id(), account)));
    }

    private Outcome sabotage(int shard, StandardFault fault) {
        return answer(ledger.submit(new Sabotage(id(), shard, fault.faultName())));
    }

    private void awaitBalance(int account, long balanceCents) {
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertEquals(new Accepted(balanceCents), read(account)));
    }

    private long pid(int shard) {
        Command locate = new Locate(id(), shard);
        return assertInstanceOf(Located.class, answer(ledger.submit(locate))).pid();
    }

    private long id() {
        return ids.incrementAndGet();
    }

    private static Outcome answer(CompletableFuture<Outcome> future) {
        return future.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
    }

    private static Reason refusal(CompletableFuture<Outcome> future) {
        return assertInstanceOf(Refused.class, answer(future)).reason();
    }
}
