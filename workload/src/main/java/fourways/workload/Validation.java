package fourways.workload;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.Locate;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Command.Transfer;
import fourways.workload.Command.Withdraw;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a command without looking at any balance. It is said before a shard's owner hears of the command, and so before a transfer is
 * debited: a credit is never refused.
 */
final class Validation {

    private Validation() {}

    static @Nullable Refused refusalOf(Command command, LedgerConfig config) {
        return switch (command) {
            case Deposit c -> firstOf(account(c.account(), config), amount(c.amountCents()));
            case Withdraw c -> firstOf(account(c.account(), config), amount(c.amountCents()));
            case Transfer c ->
                firstOf(
                        firstOf(account(c.from(), config), account(c.to(), config)),
                        firstOf(differ(c), amount(c.amountCents())));
            case ReadBalance c -> account(c.account(), config);
            case Locate c -> shard(c.shard(), config);
            case Sabotage c -> firstOf(shard(c.shard(), config), fault(c.fault()));
        };
    }

    private static @Nullable Refused firstOf(@Nullable Refused one, @Nullable Refused other) {
        return one != null ? one : other;
    }

    private static @Nullable Refused account(int account, LedgerConfig config) {
        return 0 <= account && account < config.accounts()
                ? null
                : new Refused(
                        Reason.UNKNOWN_ACCOUNT, "account " + account + ", allowed are 0 to " + (config.accounts() - 1));
    }

    private static @Nullable Refused shard(int shard, LedgerConfig config) {
        return 0 <= shard && shard < config.shards()
                ? null
                : new Refused(Reason.UNKNOWN_SHARD, "shard " + shard + ", allowed are 0 to " + (config.shards() - 1));
    }

    private static @Nullable Refused amount(long amountCents) {
        return amountCents > 0
                ? null
                : new Refused(Reason.INVALID_AMOUNT, "amount " + amountCents + " cents, allowed are 1 and more");
    }

    private static @Nullable Refused differ(Transfer c) {
        return c.from() != c.to()
                ? null
                : new Refused(Reason.SAME_ACCOUNT, "a transfer from account " + c.from() + " to itself");
    }

    private static @Nullable Refused fault(String name) {
        return Faults.named(name) != null
                ? null
                : new Refused(Reason.UNKNOWN_FAULT, "fault '" + name + "', allowed are " + Faults.names());
    }
}
