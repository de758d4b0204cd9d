package fourways.actors;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.Locate;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Command.Transfer;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Located;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A hardened ledger that tests do bad things to. Two threads, sixteen shards; account n is on shard n. */
abstract class HardenedFixture {

    static final int SHARDS = 16;

    static final int WORKERS = 2;

    /** As many stuck threads as the dispatcher makes up for. */
    static final int SPARE = 2 * WORKERS;

    static final long INITIAL_CENTS = 100_000;

    /** Account 0 is on shard 0, which suffers; account 1 on shard 1, which does not. */
    static final int VICTIM = 0;

    static final int NEIGHBOR = 1;

    @TempDir
    Path directory;

    final AtomicLong lastId = new AtomicLong();

    @BeforeAll
    static void silenceFailures() {
        FailureLog.silence();
    }

    LedgerConfig config() {
        return LedgerConfig.in(directory)
                .withAccounts(160, SHARDS)
                .withWorkers(WORKERS)
                .withDeadlineMillis(100)
                .withVariant("hardened");
    }

    Ledger open() {
        return new ActorArchitecture().open(config());
    }

    /** What the names of the threads begin with that serve a ledger's shards. */
    String pool(Ledger ledger) {
        Located located = (Located) answer(ledger.submit(new Locate(lastId.incrementAndGet(), NEIGHBOR)));
        return located.threadName().replaceFirst("\\d+$", "");
    }

    static long threads(String pool) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(pool))
                .count();
    }

    static int accepted(List<CompletableFuture<Outcome>> futures) {
        return (int) futures.stream()
                .filter(future -> answer(future) instanceof Accepted)
                .count();
    }

    void awaitBalance(Ledger ledger, int account, long cents) {
        Awaitility.await()
                .atMost(20, SECONDS)
                .untilAsserted(() -> assertEquals(new Accepted(cents), answer(read(ledger, account))));
    }

    CompletableFuture<Outcome> sabotage(Ledger ledger, int shard, String fault) {
        return ledger.submit(new Sabotage(lastId.incrementAndGet(), shard, fault));
    }

    CompletableFuture<Outcome> deposit(Ledger ledger, int account) {
        return ledger.submit(new Deposit(lastId.incrementAndGet(), account, 1));
    }

    CompletableFuture<Outcome> transfer(Ledger ledger, int from, int to) {
        return ledger.submit(new Transfer(lastId.incrementAndGet(), from, to, 1));
    }

    CompletableFuture<Outcome> read(Ledger ledger, int account) {
        return ledger.submit(new ReadBalance(lastId.incrementAndGet(), account));
    }

    static Outcome answer(CompletableFuture<Outcome> future) {
        return future.orTimeout(20, SECONDS).join();
    }
}
