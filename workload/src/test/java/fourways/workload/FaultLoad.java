package fourways.workload;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Transfer;
import fourways.workload.Command.Withdraw;
import java.nio.file.Path;

/**
 * What clients send while a ledger suffers: to each shard commands of its own, by which its fate is told, and transfers to the victim's shard, which connect all of them to
 * it. From the victim's they go to shard 0. Nothing in it is ever refused for what it asks.
 */
final class FaultLoad implements Commands {

    static final int SHARDS = 8;
    static final int WORKERS = 4;

    /** The last one: whoever takes locks in the order of shards holds all others before this one. */
    static final int VICTIM = SHARDS - 1;

    /** Far more than the clients ever have in flight, so that silence does not turn into refusals, and few enough to be filled. */
    private static final int CAPACITY = 128;

    private static final int ACCOUNTS = 80;
    private static final int ACCOUNTS_PER_SHARD = ACCOUNTS / SHARDS;
    private static final int DEADLINE_MILLIS = 500;

    /** A shard of few accounts fills a segment within seconds. */
    private static final int SEGMENT_BYTES = 1 << 16;

    /** Those with the number of a shard ask for what is that shard's alone; the others, one for each shard too, move money away from it. */
    static final int CLIENTS = 2 * SHARDS;

    /** Journals survive the process, and all that they ever held is kept. */
    static LedgerConfig config(Path directory, String variant) {
        return LedgerConfig.in(directory)
                .withAccounts(ACCOUNTS, SHARDS)
                .withWorkers(WORKERS)
                .withCapacity(CAPACITY)
                .withSegments(SEGMENT_BYTES, true)
                .withDeadlineMillis(DEADLINE_MILLIS)
                .withVariant(variant);
    }

    /** The id of a client's command of that number. */
    static long id(int client, int number) {
        return (long) number * CLIENTS + client;
    }

    @Override
    public Command command(long id) {
        int client = (int) (id % CLIENTS);
        int number = (int) (id / CLIENTS);
        int shard = client % SHARDS;
        return client < SHARDS
                ? own(id, shard, number)
                : new Transfer(id, account(shard, number), account(partner(shard), number + 1), 1);
    }

    /** More comes in than goes out. */
    private static Command own(long id, int shard, int number) {
        int account = account(shard, number);
        return switch (number % 4) {
            case 0 -> new Deposit(id, account, 1 + number % 100);
            case 1 -> new ReadBalance(id, account);
            case 2 -> new Withdraw(id, account, 1);
            default -> new Transfer(id, account, account(shard, number + 1), 1);
        };
    }

    private static int partner(int shard) {
        return shard == VICTIM ? 0 : VICTIM;
    }

    private static int account(int shard, int number) {
        return number % ACCOUNTS_PER_SHARD * SHARDS + shard;
    }
}
