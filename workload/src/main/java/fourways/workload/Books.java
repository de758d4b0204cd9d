package fourways.workload;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a shard knows: balances, and the numbers of the transfers it exchanges with each other shard. It changes only by {@link #redo}, live and in
 * replay alike, so a recovered shard is the shard that was lost. Not thread-safe.
 */
final class Books {

    private final LedgerConfig config;
    private final int shard;
    private final long[] balances;
    private final long mintLimit;

    /** By source shard: the number of the last transfer from there that has been credited here. */
    private final long[] credited;

    private final Outbox outbox;

    /** What came into this shard from outside, less what went out: the initial balances, deposits and withdrawals, no transfers. */
    private long minted;

    Books(LedgerConfig config, int shard) {
        this.config = config;
        this.shard = shard;
        this.balances = new long[config.accountsIn(shard)];
        Arrays.fill(balances, config.initialBalanceCents());
        this.minted = config.initialBalanceCents() * balances.length;
        this.mintLimit = Long.MAX_VALUE / config.shards();
        this.credited = new long[config.shards()];
        this.outbox = new Outbox(config.shards());
    }

    int shard() {
        return shard;
    }

    long balance(int account) {
        return balances[account / config.shards()];
    }

    /** Whether a deposit keeps this shard within its share of all the money that a long can count. */
    boolean canMint(long amountCents) {
        return minted <= mintLimit - amountCents;
    }

    long lastCredited(int source) {
        return credited[source];
    }

    Outbox outbox() {
        return outbox;
    }

    /** All the money this shard answers for: on its accounts, and debited but not yet known to have arrived. */
    long holdingsCents() {
        return Arrays.stream(balances).sum() + outbox.amountCents();
    }

    /** Makes a journaled change. */
    void redo(Entry entry) {
        long amountCents = entry.amountCents();
        switch (entry.kind()) {
            case DEPOSIT -> {
                add(entry.account(), amountCents);
                minted += amountCents;
            }
            case WITHDRAW -> {
                add(entry.account(), -amountCents);
                minted -= amountCents;
            }
            case MOVE -> {
                add(entry.account(), -amountCents);
                add(entry.other(), amountCents);
            }
            case DEBIT -> {
                add(entry.account(), -amountCents);
                outbox.add(new Peers.Credit(
                        shard,
                        config.shardOf(entry.other()),
                        entry.number(),
                        entry.id(),
                        entry.account(),
                        entry.other(),
                        amountCents));
            }
            case CREDIT -> {
                add(entry.account(), amountCents);
                credited[config.shardOf(entry.other())] = entry.number();
            }
            case SETTLE -> outbox.settle(config.shardOf(entry.other()), entry.number());
        }
    }

    private void add(int account, long amountCents) {
        balances[account / config.shards()] += amountCents;
    }

    /** The most that {@link #writeTo} can write. */
    static int maxSnapshotBytes(LedgerConfig config) {
        int largestShard = config.accountsIn(0);
        return Math.toIntExact(Long.BYTES * (1L + largestShard + config.shards()) + Outbox.maxSnapshotBytes(config));
    }

    void writeTo(ByteBuffer snapshot) {
        snapshot.putLong(minted);
        for (long balance : balances) {
            snapshot.putLong(balance);
        }
        for (long number : credited) {
            snapshot.putLong(number);
        }
        outbox.writeTo(snapshot);
    }

    /** What {@link #writeTo} writes. */
    int snapshotBytes() {
        return Math.toIntExact(Long.BYTES * (1L + balances.length + credited.length) + outbox.snapshotBytes());
    }

    /**
     * Takes over a snapshot that {@link #writeTo} wrote for the same shard of the same configuration.
     *
     * @throws IllegalArgumentException if it cannot have been written by that
     */
    void readFrom(ByteBuffer snapshot) {
        minted = snapshot.getLong();
        for (int i = 0; i < balances.length; i++) {
            balances[i] = snapshot.getLong();
        }
        for (int i = 0; i < credited.length; i++) {
            credited[i] = snapshot.getLong();
        }
        outbox.readFrom(snapshot, shard);
        if (hasNegative(balances) || hasNegative(credited)) {
            throw new IllegalArgumentException("a negative balance or number");
        }
        outbox.forEachTransit(transit -> requirePossible(transit.credit));
    }

    private static boolean hasNegative(long[] numbers) {
        for (long number : numbers) {
            if (number < 0) {
                return true;
            }
        }
        return false;
    }

    private void requirePossible(Peers.Credit credit) {
        if (!config.isAccountOf(shard, credit.from())
                || !config.isAccountOf(credit.destination(), credit.to())
                || credit.destination() == shard
                || credit.amountCents() <= 0) {
            throw new IllegalArgumentException("impossible transfer under way: " + credit);
        }
    }

    /** Half of a change, for {@link Command.Sabotage}: only an owner that recovers the shard from its journal gets rid of it. */
    void disturb(long amountCents) {
        balances[0] += amountCents;
    }

    /** For {@link WildWrite}: changes the last account, which may be the only one, on a thread that has no business here. Returns which. */
    int alter(long amountCents) {
        int last = balances.length - 1;
        balances[last] += amountCents;
        return last * config.shards() + shard;
    }
}
