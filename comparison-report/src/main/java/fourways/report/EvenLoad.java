package fourways.report;

import fourways.workload.Command;
import fourways.workload.Command.Deposit;
import fourways.workload.Command.Locate;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Command.Transfer;
import fourways.workload.Command.Withdraw;
import fourways.workload.Commands;
import fourways.workload.LedgerConfig;
import fourways.workload.Load;

/**
 * A load moved so that its commands visit all shards in turn: the observer must hear from each of them in every bucket. Otherwise it is the load it was
 * made of, and just as much a function of the id.
 *
 * @param config the ledger's; each shard must have the same number of accounts
 */
record EvenLoad(Load load, LedgerConfig config) implements Commands {

    EvenLoad {
        if (config.accounts() % config.shards() != 0) {
            throw new IllegalArgumentException(
                    config.accounts() + " accounts, allowed are multiples of the " + config.shards() + " shards");
        }
    }

    @Override
    public Command command(long id) {
        int shard = (int) (id % config.shards());
        return switch (load.command(id)) {
            case Deposit c -> new Deposit(id, moved(c.account(), shard), c.amountCents());
            case Withdraw c -> new Withdraw(id, moved(c.account(), shard), c.amountCents());
            case ReadBalance c -> new ReadBalance(id, moved(c.account(), shard));
            case Transfer c -> new Transfer(id, moved(c.from(), shard), destination(c, shard), c.amountCents());
            case Locate c -> c;
            case Sabotage c -> c;
        };
    }

    private int moved(int account, int shard) {
        return account - config.shardOf(account) + shard;
    }

    /** Stays on the shard, or on another, as the load meant it. */
    private int destination(Transfer c, int shard) {
        if (!crosses(c, config)) {
            return moved(c.to(), shard);
        }
        return config.shardOf(c.to()) == shard ? moved(c.to(), (shard + 1) % config.shards()) : c.to();
    }

    /** Whether a command needs two shards. */
    static boolean crosses(Command command, LedgerConfig config) {
        return command instanceof Transfer c && config.shardOf(c.from()) != config.shardOf(c.to());
    }
}
