package fourways.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Admission;
import fourways.workload.Command;
import fourways.workload.Command.Deposit;
import fourways.workload.Command.ReadBalance;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import fourways.workload.Restarts;
import fourways.workload.Shard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A hardened ledger that tests do bad things to. Two threads, six shards; account n is on shard n, and is all there is on it. */
abstract class HardenedFixture {

    static final Duration SOON = Duration.ofSeconds(20);

    static final int SHARDS = 6;

    static final int WORKERS = 2;

    static final long INITIAL = 1_000;

    /** Longer than any test takes. */
    static final int NEVER_MILLIS = 60_000;

    @TempDir
    Path temporary;

    final AtomicLong ids = new AtomicLong();

    final List<CountDownLatch> latches = new ArrayList<>();

    ThreadsLedger ledger;

    WatchedPool pool;

    LedgerConfig config() {
        return LedgerConfig.in(temporary.resolve("ledger"))
                .withAccounts(SHARDS, SHARDS)
                .withWorkers(WORKERS)
                .withInitialBalanceCents(INITIAL)
                .withDeadlineMillis(200)
                .withVariant("hardened");
    }

    final void open(LedgerConfig config, Admission admission, Policies policies) {
        pool = (WatchedPool) policies.threads();
        ledger = new ThreadsLedger(config, admission, policies);
    }

    final void open(LedgerConfig config, Supplier<Restarts> restarts) {
        Admission admission = new Admission(config);
        open(config, admission, Policies.hardened(config, admission, restarts));
    }

    void reopen(LedgerConfig config) {
        ledger.close();
        open(config, () -> Restarts.usual(config));
    }

    @BeforeEach
    void open() {
        LedgerConfig config = config();
        Admission admission = new Admission(config);
        open(config, admission, Policies.hardened(config, admission, () -> Restarts.usual(config)));
    }

    @AfterEach
    void close() {
        latches.forEach(CountDownLatch::countDown);
        ledger.close();
    }

    static final class Hold {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch release = new CountDownLatch(1);
    }

    /** Has a thread of the pool hold a shard's lock, not impressed by interrupts, and do something with the shard when it is released. */
    Hold hold(int index, Consumer<Shard> late) {
        Hold hold = new Hold();
        latches.add(hold.release);
        GuardedShards shards = ledger.shards();
        pool.execute(new ShardTask.Tend(
                index,
                () -> shards.guard(index, shard -> {
                    hold.entered.countDown();
                    awaitInSpiteOfInterrupts(hold.release);
                    late.accept(shard);
                })));
        awaitInSpiteOfInterrupts(hold.entered);
        return hold;
    }

    static void awaitInSpiteOfInterrupts(CountDownLatch latch) {
        boolean open = false;
        while (!open) {
            try {
                assertTrue(latch.await(60, TimeUnit.SECONDS));
                open = true;
            } catch (InterruptedException e) {
                // The next attempt waits again: the flag is clear.
            }
        }
    }

    static WatchedPool pool(Policies policies) {
        return (WatchedPool) policies.threads();
    }

    long id() {
        return ids.incrementAndGet();
    }

    void deposit(int account, long cents) {
        assertInstanceOf(Accepted.class, answer(new Deposit(id(), account, cents)));
    }

    Outcome answer(Command command) {
        return answer(ledger.submit(command));
    }

    static Outcome answer(CompletableFuture<Outcome> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
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

    /** When the shard is served. A read that is in flight in the moment in which its shard is taken from a thread is asked again, for it changes nothing. */
    void awaitBalance(int account, long cents) {
        Outcome outcome = Awaitility.await()
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> answer(new ReadBalance(id(), account)), Accepted.class::isInstance);
        assertEquals(new Accepted(cents), outcome);
    }

    Refused awaitRefusal(int account, String detail) {
        return (Refused) Awaitility.await()
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () -> answer(new ReadBalance(id(), account)),
                        outcome -> outcome instanceof Refused refused
                                && refused.detail().contains(detail));
    }
}
