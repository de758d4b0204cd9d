package fourways.workload;

import fourways.workload.Command.ReadBalance;
import fourways.workload.Outcome.Accepted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a running ledger says each account holds: as many of them as it answers for. */
public final class LiveBalances {

    /** Reads in flight at once; at least one a shard, so a shard that is stuck cannot be waited for twice. */
    private static final int BATCH = 1_024;

    private final long[] cents;
    private final BitSet known;

    private LiveBalances(int accounts) {
        this.cents = new long[accounts];
        this.known = new BitSet(accounts);
    }

    /**
     * Reads all accounts, when nothing else is being sent. An account whose shard refuses stays unknown, one whose shard is silent for as long as
     * the patience, too, and that shard is not asked again. The reads have ids below 0, and are in no history.
     */
    public static LiveBalances read(Ledger ledger, LedgerConfig config, Duration patience) throws InterruptedException {
        LiveBalances balances = new LiveBalances(config.accounts());
        BitSet silentShards = new BitSet(config.shards());
        int batch = Math.min(Math.max(BATCH, config.shards()), config.shards() * config.capacity());
        for (int first = 0; first < config.accounts(); first += batch) {
            balances.read(ledger, config, patience, first, Math.min(first + batch, config.accounts()), silentShards);
        }
        return balances;
    }

    private void read(Ledger ledger, LedgerConfig config, Duration patience, int first, int end, BitSet silentShards)
            throws InterruptedException {
        List<Integer> accounts = new ArrayList<>();
        List<CompletableFuture<Outcome>> answers = new ArrayList<>();
        for (int account = first; account < end; account++) {
            if (!silentShards.get(config.shardOf(account))) {
                accounts.add(account);
                answers.add(ledger.submit(new ReadBalance(-1L - account, account)));
            }
        }
        awaitAll(answers, patience);
        for (int i = 0; i < answers.size(); i++) {
            if (!answers.get(i).isDone()) {
                silentShards.set(config.shardOf(accounts.get(i)));
            } else if (answers.get(i).join() instanceof Accepted accepted) {
                cents[accounts.get(i)] = accepted.balanceCents();
                known.set(accounts.get(i));
            }
        }
    }

    private static void awaitAll(List<CompletableFuture<Outcome>> answers, Duration patience)
            throws InterruptedException {
        try {
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                    .get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // Whoever did not answer is found by that.
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the ledger completed a read without an outcome", e);
        }
    }

    /** What somebody read and wrote down: the balance of each account that was answered for. */
    public static LiveBalances of(int accounts, Map<Integer, Long> centsByAccount) {
        LiveBalances balances = new LiveBalances(accounts);
        centsByAccount.forEach((account, cents) -> {
            balances.cents[account] = cents;
            balances.known.set(account);
        });
        return balances;
    }

    /** How many accounts the ledger answered for. */
    public int known() {
        return known.cardinality();
    }

    public boolean isKnown(int account) {
        return known.get(account);
    }

    /** What an account holds that is known. */
    public long cents(int account) {
        return cents[account];
    }
}
