package fourways.workload;

import static fourways.workload.CheckedRun.CONFIG;
import static fourways.workload.Violation.Kind.LIVE_DIFFERS;
import static fourways.workload.Violation.Kind.OVERDRAWN;
import static fourways.workload.Violation.Kind.WRONG_ANSWER;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.Withdraw;
import fourways.workload.Entry.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A ledger without a lock, and two threads in the same shard at once: a real data race, and the barrier sees to it that it is lost each time. */
class UnlockedLedgerTest {

    /** Two threads meet wherever a lock would have kept one of them out. */
    private static final class Unlocked extends TinyLedger {

        private final long[] balances;
        private final CyclicBarrier bothAreIn = new CyclicBarrier(2);

        Unlocked() {
            super(CONFIG);
            balances = new long[config.accounts()];
            Arrays.fill(balances, config.initialBalanceCents());
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized")
        public CompletableFuture<Outcome> submit(Command command) {
            return CompletableFuture.completedFuture(serve(command));
        }

        @Override
        boolean covers(int account, long amountCents) {
            boolean covers = balances[account] >= amountCents;
            meet();
            return covers;
        }

        @Override
        void change(Entry entry) {
            long before = balances[entry.account()];
            meet();
            balances[entry.account()] =
                    entry.kind() == Kind.DEPOSIT ? before + entry.amountCents() : before - entry.amountCents();
            append(entry);
        }

        @Override
        synchronized void append(Entry entry) {
            super.append(entry);
        }

        @Override
        long balanceCents(int account) {
            return balances[account];
        }

        private void meet() {
            try {
                bothAreIn.await(20, SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException("the other thread did not come", e);
            }
        }
    }

    @Test
    void anUpdateIsLost() throws Exception {
        CheckedRun run = withTwoClients(id -> new Deposit(id, 3, 500));

        // Both clients were told the same balance, and only one of them can be right.
        assertEquals(
                Set.of(LIVE_DIFFERS, WRONG_ANSWER),
                run.everyCommand().violations().keySet());
        assertEquals(Set.of(LIVE_DIFFERS), run.totals().violations().keySet());
        assertEquals(Set.of(LIVE_DIFFERS), run.liveOnly().violations().keySet());
    }

    @Test
    void theSameMoneyIsSpentTwice() throws Exception {
        CheckedRun run = withTwoClients(id -> new Withdraw(id, 3, 60_000));

        assertEquals(
                Set.of(OVERDRAWN, LIVE_DIFFERS, WRONG_ANSWER),
                run.everyCommand().violations().keySet());
        assertEquals(Set.of(OVERDRAWN, LIVE_DIFFERS), run.totals().violations().keySet());
        assertEquals(Set.of(LIVE_DIFFERS), run.liveOnly().violations().keySet());
    }

    private static CheckedRun withTwoClients(Commands commands) throws Exception {
        CheckedRun run = new CheckedRun(new Unlocked(), commands, new History(2));
        try (ExecutorService clients = Executors.newFixedThreadPool(2)) {
            List<Future<?>> sent = LongStream.range(0, 2)
                    .<Future<?>>mapToObj(id -> clients.submit(() -> run.send(id)))
                    .toList();
            for (Future<?> each : sent) {
                each.get();
            }
        }
        return run;
    }
}
