package fourways.workload;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Transfer;
import fourways.workload.Command.Withdraw;

/**
 * Random commands from a seed. Each is a function of the seed and its id alone, the same on every machine, so a run can be sent again or checked
 * without having been stored. Cheap enough to be called for each command as it is sent; thread-safe.
 *
 * <p>Amounts are spread over all magnitudes up to the largest: small ones are common, and now and then one is more than an account holds.
 *
 * @param shards on how many shards the ledger spreads its accounts
 * @param choice how the accounts of a command are chosen; of a transfer, both, the second then moved to the nearest that {@code crossShardShare} asks for
 * @param crossShardShare which share of the transfers crosses shards, from 0 to 1
 * @param maxAmountCents the largest amount, 1 or more
 */
public record Load(long seed, int shards, AccountChoice choice, Mix mix, double crossShardShare, long maxAmountCents)
        implements Commands {

    private static final double STANDARD_CROSS_SHARD_SHARE = 0.1;
    private static final long MIN_STANDARD_AMOUNT_CENTS = 1_000;
    private static final long MAX_STANDARD_AMOUNT_CENTS = 1L << 40;

    // Each property of a command is drawn at a place of its own.
    private static final int KIND = 0;
    private static final int ACCOUNT = 1;
    private static final int AMOUNT = 2;
    private static final int MAGNITUDE = 3;
    private static final int OTHER = 4;
    private static final int CROSSES = 5;
    private static final int OTHER_SHARD = 6;

    public Load {
        if (shards < 1 || shards > choice.accounts()) {
            throw new IllegalArgumentException("shards is " + shards + ", allowed are 1 to " + choice.accounts());
        }
        if (!(crossShardShare >= 0 && crossShardShare <= 1)) {
            throw new IllegalArgumentException("crossShardShare is " + crossShardShare + ", allowed are 0 to 1");
        }
        if (mix.transfers() > 0 && crossShardShare > 0 && shards < 2) {
            throw new IllegalArgumentException(
                    "crossShardShare is " + crossShardShare + ", with a single shard only 0 is allowed");
        }
        if (mix.transfers() > 0 && crossShardShare < 1 && choice.accounts() < 2 * (long) shards) {
            throw new IllegalArgumentException("crossShardShare is " + crossShardShare
                    + ", with fewer than 2 accounts on some of the " + shards + " shards only 1 is allowed");
        }
        if (maxAmountCents < 1) {
            throw new IllegalArgumentException("maxAmountCents is " + maxAmountCents + ", allowed are 1 and more");
        }
    }

    /**
     * The {@link Mix#STANDARD standard mix} on all accounts of a ledger alike, one transfer in ten crossing shards (as far as the ledger's shape lets it),
     * amounts of up to twice what an account starts with.
     */
    public static Load standard(LedgerConfig config, long seed) {
        double crossShardShare = config.accounts() < 2 * config.shards() ? 1 : STANDARD_CROSS_SHARD_SHARE;
        long maxAmountCents =
                Math.clamp(config.initialBalanceCents(), MIN_STANDARD_AMOUNT_CENTS / 2, MAX_STANDARD_AMOUNT_CENTS / 2);
        return new Load(
                seed,
                config.shards(),
                AccountChoice.uniform(config.accounts()),
                Mix.STANDARD,
                config.shards() == 1 ? 0 : crossShardShare,
                2 * maxAmountCents);
    }

    public Load withChoice(AccountChoice choice) {
        return new Load(seed, shards, choice, mix, crossShardShare, maxAmountCents);
    }

    public Load withMix(Mix mix) {
        return new Load(seed, shards, choice, mix, crossShardShare, maxAmountCents);
    }

    public Load withCrossShardShare(double crossShardShare) {
        return new Load(seed, shards, choice, mix, crossShardShare, maxAmountCents);
    }

    public Load withMaxAmountCents(long maxAmountCents) {
        return new Load(seed, shards, choice, mix, crossShardShare, maxAmountCents);
    }

    @Override
    public Command command(long id) {
        long stream = SplitMix.at(seed, id);
        int account = choice.choose(SplitMix.at(stream, ACCOUNT));
        long kind = SplitMix.below(mix.total(), SplitMix.at(stream, KIND));
        if (kind < mix.transfers()) {
            return new Transfer(id, account, other(stream, account), amountCents(stream));
        } else if (kind < mix.transfers() + mix.reads()) {
            return new ReadBalance(id, account);
        } else if (kind < mix.transfers() + mix.reads() + mix.deposits()) {
            return new Deposit(id, account, amountCents(stream));
        } else {
            return new Withdraw(id, account, amountCents(stream));
        }
    }

    private long amountCents(long stream) {
        long magnitude =
                SplitMix.below(Long.SIZE - Long.numberOfLeadingZeros(maxAmountCents), SplitMix.at(stream, MAGNITUDE));
        return 1 + (SplitMix.below(maxAmountCents, SplitMix.at(stream, AMOUNT)) >>> magnitude);
    }

    /** The other end of a transfer: never the same account, and on another shard or not as the share says. */
    private int other(long stream, int account) {
        int candidate = choice.choose(SplitMix.at(stream, OTHER));
        int shard = account % shards;
        boolean crosses = (SplitMix.at(stream, CROSSES) >>> 11) * 0x1p-53 < crossShardShare;
        if (!crosses) {
            int sameShard = onShard(shard, candidate / shards);
            return sameShard != account ? sameShard : onShard(shard, account / shards + 1);
        } else if (candidate % shards != shard) {
            return candidate;
        } else {
            long away = 1 + SplitMix.below(shards - 1, SplitMix.at(stream, OTHER_SHARD));
            return onShard((int) ((shard + away) % shards), candidate / shards);
        }
    }

    /** The account in a row of a shard; the first row follows the last, which not all shards reach. */
    private int onShard(int shard, int row) {
        long account = (long) row * shards + shard;
        return account < choice.accounts() ? (int) account : shard;
    }
}
