package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import fourways.workload.Command;
import fourways.workload.Command.Deposit;
import fourways.workload.Command.Locate;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Located;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hardened ledger that tests do bad things to. Two workers, four shards: the first worker owns the even shards, the second the odd ones; account n is on shard n, and is all there is on it.
 */
abstract class HardenedFixture {

    static final Duration SOON = Duration.ofSeconds(60);

    static final int SHARDS = 4;

    static final int WORKERS = 2;

    static final int CAPACITY = 16;

    static final long INITIAL = 100_000;

    /** Longer than any test takes. */
    static final int NEVER_MILLIS = 60_000;

    @TempDir
    Path temporary;

    final AtomicLong ids = new AtomicLong();

    Ledger ledger;

    LedgerConfig config() {
        return LedgerConfig.in(directory())
                .withAccounts(SHARDS, SHARDS)
                .withWorkers(WORKERS)
                .withCapacity(CAPACITY)
                .withVariant("hardened");
    }

    Path directory() {
        return temporary.resolve("ledger");
    }

    final void open(LedgerConfig config) {
        ledger = new ProcessArchitecture().open(config);
    }

    final void reopen(LedgerConfig config) {
        ledger.close();
        open(config);
    }

    @BeforeEach
    void open() {
        open(config());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    long id() {
        return ids.incrementAndGet();
    }

    void deposit(int account, long cents) {
        assertInstanceOf(Accepted.class, answer(new Deposit(id(), account, cents)));
    }

    Outcome read(int account) {
        return answer(new ReadBalance(id(), account));
    }

    CompletableFuture<Outcome> sabotage(int shard, String fault) {
        return ledger.submit(new Sabotage(id(), shard, fault));
    }

    Outcome answer(Command command) {
        return answer(ledger.submit(command));
    }

    static Outcome answer(CompletableFuture<Outcome> future) {
        return future.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Unless it is refused because the shard is being recovered. */
    Outcome answerWhenServed(Command command) {
        return Awaitility.await()
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () -> answer(command),
                        outcome -> !(outcome instanceof Refused refused && refused.reason() == Reason.UNAVAILABLE));
    }

    void awaitBalance(int account, long cents) {
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertEquals(new Accepted(cents), read(account)));
    }

    Refused awaitRefusal(int account, String detail) {
        return (Refused) Awaitility.await()
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () -> read(account),
                        outcome -> outcome instanceof Refused refused
                                && refused.detail().contains(detail));
    }

    static Reason reason(Outcome outcome) {
        return assertInstanceOf(Refused.class, outcome).reason();
    }

    /** Of the worker that serves the shard. */
    long pid(int shard) {
        return assertInstanceOf(Located.class, answerWhenServed(new Locate(id(), shard)))
                .pid();
    }

    static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
