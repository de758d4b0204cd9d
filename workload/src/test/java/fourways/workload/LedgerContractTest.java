package fourways.workload;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.Locate;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Command.Transfer;
import fourways.workload.Command.Withdraw;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Located;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every ledger must do, whatever its architecture. Each architecture inherits this class and says only which one it is; what happens under load and
 * under SIGKILL is in {@link LedgerDurabilityContractTest}.
 */
public abstract class LedgerContractTest {

    private static final int SHARDS = 16;
    private static final int ACCOUNTS = 1_000;

    @TempDir
    Path temporary;

    protected abstract Architecture architecture();

    /** The variant under test. */
    protected String variant() {
        return architecture().variants().getFirst();
    }

    private LedgerConfig config() {
        return LedgerConfig.in(temporary.resolve("ledger"))
                .withAccounts(ACCOUNTS, SHARDS)
                .withVariant(variant());
    }

    @ParameterizedTest
    @EnumSource
    void servesInEveryJournalMode(JournalMode mode) {
        LedgerConfig config = config().withJournal(mode, temporary.resolve("ledger"));
        try (Ledger ledger = architecture().open(config)) {
            assertEquals(new Accepted(100_500), answer(ledger, new Deposit(1, 3, 500)));
            assertEquals(new Accepted(100_400), answer(ledger, new Withdraw(2, 3, 100)));
            assertEquals(new Accepted(100_000), answer(ledger, new Transfer(3, 3, 4, 400)), "across shards");
            assertEquals(new Accepted(99_000), answer(ledger, new Transfer(4, 3, 3 + SHARDS, 1_000)), "on one shard");
            assertEquals(new Accepted(100_400), answer(ledger, new ReadBalance(5, 4)));
            assertEquals(new Accepted(101_000), answer(ledger, new ReadBalance(6, 3 + SHARDS)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void agreesWithAModelCommandByCommand(long seed) {
        ModelLedger model = new ModelLedger(config());
        try (Ledger ledger = architecture().open(config())) {
            for (Command command : HostileCommands.seeded(seed, ACCOUNTS, 3_000)) {
                Outcome expected = model.apply(command);

                Outcome actual = answer(ledger, command);

                assertTrue(ModelLedger.agree(expected, actual), () -> command + ": " + expected + " but " + actual);
            }
        }
    }

    @Test
    void refusesWhatMakesNoSenseAndSaysWhatIsAllowed() {
        try (Ledger ledger = architecture().open(config())) {
            assertRefused(
                    ledger, new Deposit(1, ACCOUNTS, 1), Reason.UNKNOWN_ACCOUNT, "account 1000, allowed are 0 to 999");
            assertRefused(ledger, new Withdraw(2, -1, 1), Reason.UNKNOWN_ACCOUNT, "account -1, allowed are 0 to 999");
            assertRefused(ledger, new ReadBalance(3, Integer.MIN_VALUE), Reason.UNKNOWN_ACCOUNT, "account -2147483648");
            assertRefused(
                    ledger, new Transfer(4, 1, Integer.MAX_VALUE, 1), Reason.UNKNOWN_ACCOUNT, "account 2147483647");
            assertRefused(
                    ledger, new Deposit(5, 1, 0), Reason.INVALID_AMOUNT, "amount 0 cents, allowed are 1 and more");
            assertRefused(ledger, new Withdraw(6, 1, Long.MIN_VALUE), Reason.INVALID_AMOUNT, "-9223372036854775808");
            assertRefused(ledger, new Deposit(7, 1, Long.MAX_VALUE), Reason.INVALID_AMOUNT, "9223372036854775807");
            assertRefused(ledger, new Transfer(8, 1, 1, 5), Reason.SAME_ACCOUNT, "account 1");
            assertRefused(ledger, new Transfer(9, 1, 2, 100_001), Reason.INSUFFICIENT_FUNDS, "");
            assertRefused(ledger, new Locate(10, SHARDS), Reason.UNKNOWN_SHARD, "shard 16, allowed are 0 to 15");
            assertRefused(ledger, new Sabotage(11, -1, "exception"), Reason.UNKNOWN_SHARD, "shard -1");
            assertRefused(ledger, new Sabotage(12, 0, "gremlin"), Reason.UNKNOWN_FAULT, "gremlin");
            assertEquals(new Accepted(100_000), answer(ledger, new ReadBalance(Long.MIN_VALUE, 1)), "nothing happened");
        }
    }

    @Test
    void depositsNeverAddUpToMoreThanALongCanCount() {
        try (Ledger ledger = architecture().open(config())) {
            long share = Long.MAX_VALUE / SHARDS;

            assertRefused(ledger, new Deposit(1, 0, share), Reason.INVALID_AMOUNT, "");
            assertInstanceOf(Accepted.class, answer(ledger, new Deposit(2, 0, share - 10_000_000)));
            assertRefused(ledger, new Deposit(3, SHARDS, 10_000_000), Reason.INVALID_AMOUNT, "");

            assertEquals(new Accepted(0), answer(ledger, new Transfer(4, 0, 1, share - 10_000_000 + 100_000)));
            assertInstanceOf(
                    Accepted.class, answer(ledger, new Deposit(5, 1, 1)), "a full account elsewhere is no obstacle");
        }
    }

    @Test
    void refusesAtOnceWhatIsAboveTheCapacityOfAShard() throws Exception {
        int capacity = 8;
        CountDownLatch release = new CountDownLatch(1);
        try (Ledger ledger = architecture().open(config().withCapacity(capacity))) {
            holdUpAnswersOf(ledger, 0, release);

            List<CompletableFuture<Outcome>> waiting = new ArrayList<>();
            for (int i = 0; i < capacity; i++) {
                waiting.add(ledger.submit(new ReadBalance(100 + i, 0)));
            }
            CompletableFuture<Outcome> oneMore = ledger.submit(new ReadBalance(999, 0));

            assertTrue(oneMore.isDone(), "refused on the spot");
            assertEquals(
                    Reason.OVERLOADED,
                    assertInstanceOf(Refused.class, oneMore.join()).reason());
            release.countDown();
            for (CompletableFuture<Outcome> future : waiting) {
                assertEquals(new Accepted(100_000), answer(future));
            }
            assertEquals(new Accepted(100_000), answer(ledger, new ReadBalance(1_001, 0)), "and there is room again");
        } finally {
            release.countDown();
        }
    }

    /** Answers a read of an account in a callback that waits: whoever delivers the answers of that account's shard is busy until released. */
    private static void holdUpAnswersOf(Ledger ledger, int account, CountDownLatch release) {
        CountDownLatch held = new CountDownLatch(1);
        Thread test = Thread.currentThread();
        for (int attempt = 0; held.getCount() > 0; attempt++) {
            assertTrue(attempt < 10_000, "every answer came before the callback could be attached");
            // Where the answer is there already the callback runs here, which holds up nobody.
            CompletableFuture<Void> callback = ledger.submit(new ReadBalance(-1 - attempt, account))
                    .thenRun(() -> {
                        if (Thread.currentThread() != test && held.getCount() > 0) {
                            held.countDown();
                            awaitUninterruptibly(release);
                        }
                    });
            while (!callback.isDone() && held.getCount() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void closeAnswersEverythingOutstandingAndRefusesWhatComesLater() {
        Ledger ledger = architecture().open(config());
        List<CompletableFuture<Outcome>> outstanding = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            outstanding.add(ledger.submit(new Transfer(i, i % ACCOUNTS, (i * 7 + 1) % ACCOUNTS, 1)));
        }

        ledger.close();

        assertTrue(outstanding.stream().allMatch(CompletableFuture::isDone));
        assertRefused(ledger, new ReadBalance(-1, 0), Reason.UNAVAILABLE, "closed");
        ledger.close();
    }

    @Test
    void closeIsBoundedWhileARequestIsStuck() {
        Ledger ledger = architecture().open(config());
        CompletableFuture<Outcome> stuck = ledger.submit(new Sabotage(1, 0, "blocking-call"));
        answer(ledger, new ReadBalance(2, 1));

        ledger.close();

        assertInstanceOf(Indeterminate.class, answer(stuck));
    }

    @Test
    void anExceptionHalfWayThroughAnUpdateLeavesNoTrace() {
        try (Ledger ledger = architecture().open(config())) {
            answer(ledger, new Deposit(1, 0, 23));

            assertInstanceOf(Indeterminate.class, answer(ledger, new Sabotage(2, 0, "exception")));

            Awaitility.await()
                    .atMost(20, SECONDS)
                    .untilAsserted(() -> assertEquals(new Accepted(100_023), answer(ledger, new ReadBalance(3, 0))));
            assertEquals(new Accepted(100_000), answer(ledger, new Transfer(4, 0, 1, 23)), "the shard serves again");
            assertEquals(new Accepted(100_023), answer(ledger, new ReadBalance(5, 1)));
        }
    }

    @Test
    void withNothingJournaledAFailedShardIsRefusedAndItsNeighborsServe() {
        LedgerConfig config = config().withJournal(JournalMode.MEMORY, null);
        try (Ledger ledger = architecture().open(config)) {
            answer(ledger, new Deposit(1, 0, 23));

            assertInstanceOf(Indeterminate.class, answer(ledger, new Sabotage(2, 0, "exception")));

            Awaitility.await()
                    .atMost(20, SECONDS)
                    .untilAsserted(() -> assertRefused(ledger, new ReadBalance(3, 0), Reason.UNAVAILABLE, ""));
            assertEquals(new Accepted(100_000), answer(ledger, new ReadBalance(4, 1)));
            assertRefused(ledger, new Transfer(5, 1, 0, 1), Reason.UNAVAILABLE, "");
        }
    }

    @Test
    void locateNamesALivingThreadOfALivingProcess() throws IOException {
        try (Ledger ledger = architecture().open(config())) {
            for (int shard = 0; shard < SHARDS; shard++) {
                Located located = assertInstanceOf(Located.class, answer(ledger, new Locate(shard, shard)));

                assertTrue(ProcessHandle.of(located.pid()).orElseThrow().isAlive());
                assertTrue(Files.isDirectory(Path.of(
                        "/proc", Long.toString(located.pid()), "task", Long.toString(located.nativeThreadId()))));
                assertFalse(located.threadName().isBlank());
            }
        }
    }

    @Test
    void aReopenedLedgerHoldsWhatTheClosedOneHeld() {
        try (Ledger ledger = architecture().open(config())) {
            answer(ledger, new Deposit(1, 5, 11));
            answer(ledger, new Transfer(2, 5, 6, 111));
        }

        try (Ledger ledger = architecture().open(config())) {
            assertEquals(new Accepted(99_900), answer(ledger, new ReadBalance(3, 5)));
            assertEquals(new Accepted(100_111), answer(ledger, new ReadBalance(4, 6)));
        }
    }

    @Test
    void aDirectoryBelongsToOneRunningLedger() {
        try (Ledger ledger = architecture().open(config())) {
            LedgerOpenException refused =
                    assertThrows(LedgerOpenException.class, () -> architecture().open(config()));

            assertMentions(refused, temporary.resolve("ledger").toString());
            assertEquals(new Accepted(100_000), answer(ledger, new ReadBalance(1, 0)), "the first is unharmed");
        }
    }

    @Test
    void aLedgerOfAnotherShapeIsRefusedAndStaysAsItIs() {
        architecture().open(config()).close();

        LedgerOpenException refused = assertThrows(
                LedgerOpenException.class, () -> architecture().open(config().withAccounts(ACCOUNTS, SHARDS / 2)));

        assertMentions(refused, "shards");
        assertMentions(refused, Integer.toString(SHARDS));
        architecture().open(config()).close();
    }

    @Test
    void aFileIsNoDirectory() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "not a directory");

        LedgerOpenException refused = assertThrows(
                LedgerOpenException.class, () -> architecture().open(config().withJournal(JournalMode.PROCESS, file)));

        assertMentions(refused, file.toString());
    }

    @Test
    void aDamagedJournalIsNamedAndNothingStaysHalfOpen() throws IOException {
        try (Ledger ledger = architecture().open(config())) {
            answer(ledger, new Deposit(1, 2, 1));
        }
        Path damaged = JournalFiles.flipSnapshotBit(temporary.resolve("ledger"), 2);

        RuntimeException refused =
                assertThrows(RuntimeException.class, () -> architecture().open(config()));

        assertMentions(refused, damaged.toString());
        JournalFiles.flipSnapshotBit(temporary.resolve("ledger"), 2);
        architecture().open(config()).close();
    }

    @Test
    void anUnknownVariantIsRefused() {
        LedgerOpenException refused =
                assertThrows(LedgerOpenException.class, () -> architecture().open(config().withVariant("magic")));

        assertMentions(refused, "magic");
        assertMentions(refused, architecture().variants().toString());
    }

    @Test
    void theBareHopAnswersEverything() {
        try (Ledger floor = architecture().openFloor(config())) {
            for (int i = 0; i < 1_000; i++) {
                assertEquals(new Accepted(0), answer(floor, new Deposit(i, i, 1)));
            }
        }
    }

    private static void assertRefused(Ledger ledger, Command command, Reason reason, String detail) {
        Refused refused = assertInstanceOf(Refused.class, answer(ledger, command), command::toString);
        assertEquals(reason, refused.reason(), refused::detail);
        assertTrue(refused.detail().contains(detail), refused::detail);
    }

    private static void assertMentions(Throwable error, String text) {
        assertTrue(String.valueOf(error.getMessage()).contains(text), error::toString);
    }

    private static Outcome answer(Ledger ledger, Command command) {
        return answer(ledger.submit(command));
    }

    private static Outcome answer(CompletableFuture<Outcome> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
