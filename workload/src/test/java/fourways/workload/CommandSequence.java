package fourways.workload;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.Transfer;
import fourways.workload.Command.Withdraw;
import fourways.workload.Entry.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Commands that follow from their ids, 1, 2, 3 and so on, carried out one after the other; and the simplest possible model of what they come to. Some are
 * refused, for accounts run empty.
 */
final class CommandSequence {

    private final LedgerConfig config;
    private final long[] balances;
    private long done;

    CommandSequence(LedgerConfig config) {
        this.config = config;
        this.balances = new long[config.accounts()];
        Arrays.fill(balances, config.initialBalanceCents());
    }

    static Command command(LedgerConfig config, long id) {
        int account = pick(id, 0x9E37_79B9_7F4A_7C15L, config.accounts());
        int other = (account + 1 + pick(id, 0xD1B5_4A32_D192_ED03L, config.accounts() - 1)) % config.accounts();
        long amountCents = 1L + pick(id, 0xAEF1_7502_108E_F2D9L, config.initialBalanceCents());
        return switch ((int) (id % 4)) {
            case 0 -> new Deposit(id, account, amountCents);
            case 1 -> new Withdraw(id, account, amountCents);
            default -> new Transfer(id, account, other, amountCents);
        };
    }

    /** The high bits of the product with an odd constant: spread well enough, and the same for ever. */
    private static int pick(long id, long odd, long bound) {
        long product = id * odd;
        return (int) ((product >>> 33) % bound);
    }

    /** How many commands have been carried out in the model: ids 1 to this one. */
    long done() {
        return done;
    }

    long balance(int account) {
        return balances[account];
    }

    long[] balances() {
        return balances.clone();
    }

    /** Carries out the next command; returns the entries that the shards journal for it, in the order of time. */
    List<Entry> step() {
        List<Entry> entries = new ArrayList<>();
        switch (command(config, ++done)) {
            case Deposit c -> {
                balances[c.account()] += c.amountCents();
                entries.add(new Entry(Kind.DEPOSIT, c.id(), c.account(), c.account(), c.amountCents(), 0));
            }
            case Withdraw c -> {
                if (balances[c.account()] >= c.amountCents()) {
                    balances[c.account()] -= c.amountCents();
                    entries.add(new Entry(Kind.WITHDRAW, c.id(), c.account(), c.account(), c.amountCents(), 0));
                }
            }
            case Transfer c -> {
                if (balances[c.from()] >= c.amountCents()) {
                    balances[c.from()] -= c.amountCents();
                    balances[c.to()] += c.amountCents();
                    if (config.shardOf(c.from()) == config.shardOf(c.to())) {
                        entries.add(new Entry(Kind.MOVE, c.id(), c.from(), c.to(), c.amountCents(), 0));
                    } else {
                        entries.add(new Entry(Kind.DEBIT, c.id(), c.from(), c.to(), c.amountCents(), 0));
                        entries.add(new Entry(Kind.CREDIT, c.id(), c.to(), c.from(), c.amountCents(), 0));
                        entries.add(new Entry(Kind.SETTLE, c.id(), c.from(), c.to(), c.amountCents(), 0));
                    }
                }
            }
            default -> throw new AssertionError("no other commands are made");
        }
        return entries;
    }

    /** The same entry without its number, which this model does not keep. */
    static Entry withoutNumber(Entry entry) {
        return new Entry(entry.kind(), entry.id(), entry.account(), entry.other(), entry.amountCents(), 0);
    }
}
