package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.ReadBalance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class LiveBalancesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final LedgerConfig CONFIG =
            LedgerConfig.inMemory().withAccounts(5_000, 3).withCapacity(700);

    @Test
    void everyAccountIsReadOnceUnderAnIdThatNoHistoryHas() throws InterruptedException {
        List<ReadBalance> reads = new ArrayList<>();
        Ledger ledger = new TinyLedger(CONFIG) {
            @Override
            Outcome serve(Command command) {
                if (command instanceof ReadBalance read) {
                    reads.add(read);
                }
                return super.serve(command);
            }
        };
        ledger.submit(new Deposit(0, 4_999, 50)).resultNow();

        LiveBalances balances = LiveBalances.read(ledger, CONFIG, PATIENCE);

        assertEquals(5_000, balances.known());
        assertEquals(100_000, balances.cents(0));
        assertEquals(100_050, balances.cents(4_999));
        assertEquals(5_000, reads.stream().map(ReadBalance::account).distinct().count());
        assertEquals(5_000, reads.stream().map(ReadBalance::id).distinct().count());
        assertTrue(reads.stream().allMatch(read -> read.id() < 0));
    }

    @Test
    void whatAShardRefusesStaysUnknown() throws InterruptedException {
        Ledger ledger = new TinyLedger(CONFIG) {
            @Override
            Outcome serve(Command command) {
                return config.shardOf(command) == 1 ? Admission.unavailable("down") : super.serve(command);
            }
        };

        LiveBalances balances = LiveBalances.read(ledger, CONFIG, PATIENCE);

        assertEquals(3_333, balances.known());
        assertTrue(balances.isKnown(0));
        assertFalse(balances.isKnown(1));
    }

    @Test
    void aSilentShardIsWaitedForOnce() throws InterruptedException {
        List<Command> ignored = new ArrayList<>();
        Ledger ledger = new TinyLedger(CONFIG) {
            @Override
            public synchronized CompletableFuture<Outcome> submit(Command command) {
                if (config.shardOf(command) != 1) {
                    return super.submit(command);
                }
                ignored.add(command);
                return new CompletableFuture<>();
            }
        };

        LiveBalances balances = LiveBalances.read(ledger, CONFIG, Duration.ofMillis(50));

        assertEquals(3_333, balances.known());
        assertFalse(balances.isKnown(1));
        assertEquals(341, ignored.size(), "a third of one batch");
    }

    @Test
    void neverMoreAreInFlightThanTheGateLetsIn() throws Exception {
        LedgerConfig narrow = LedgerConfig.inMemory().withAccounts(100, 3).withCapacity(2);
        Admission admission = new Admission(narrow);
        TinyLedger answering = new TinyLedger(narrow);
        Ledger ledger = new TinyLedger(narrow) {
            @Override
            public synchronized CompletableFuture<Outcome> submit(Command command) {
                return admission.admit(command);
            }
        };
        FutureTask<LiveBalances> reading = new FutureTask<>(() -> LiveBalances.read(ledger, narrow, PATIENCE));
        Thread reader = Thread.ofPlatform().start(reading);

        while (!reading.isDone()) {
            // Answers only when the reader waits, that is when it has sent all it wants to have in flight.
            if (reader.getState() == Thread.State.TIMED_WAITING) {
                for (int shard = 0; shard < narrow.shards(); shard++) {
                    admission.inFlight(shard, each -> each.answer(answering.serve(each.command())));
                }
            }
        }

        assertEquals(100, reading.get().known());
    }

    @Test
    void aLedgerThatBreaksItsContractIsReported() {
        Ledger ledger = new TinyLedger(CONFIG) {
            @Override
            public synchronized CompletableFuture<Outcome> submit(Command command) {
                return CompletableFuture.failedFuture(new IllegalArgumentException("broken"));
            }
        };

        assertThrows(IllegalStateException.class, () -> LiveBalances.read(ledger, CONFIG, PATIENCE));
    }
}
