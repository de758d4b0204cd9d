package fourways.workload;

import fourways.workload.Violation.Kind;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares what the accounts must hold with what the journals and the running ledger say they do. */
final class BalanceCheck {

    private final LedgerConfig config;
    private final Expected expected;

    /** By shard; absent where the journal could not be read. */
    private final @Nullable Books[] books;

    private final Violations violations;

    BalanceCheck(LedgerConfig config, Expected expected, @Nullable Books[] books, Violations violations) {
        this.config = config;
        this.expected = expected;
        this.books = books;
        this.violations = violations;
    }

    /** Compares what the commands come to with what the journals do; returns on how many accounts. */
    int compareJournals(boolean exactly) {
        int compared = 0;
        for (int account = 0; account < config.accounts(); account++) {
            Books holder = books[config.shardOf(account)];
            if (holder != null) {
                compared++;
                long cents = holder.balance(account);
                if (exactly ? cents != expected.balanceCents(account) : !expected.allows(account, cents)) {
                    differs(
                            Kind.BALANCE_DIFFERS,
                            account,
                            "commands",
                            expected.balanceCents(account),
                            "journal",
                            cents);
                } else if (!exactly && cents < 0) {
                    overdrawn(account, cents);
                }
            }
        }
        return compared;
    }

    /**
     * Compares the journals, or the commands if there are none, with what the ledger answered; returns on how many accounts.
     *
     * @param altered hears which accounts were found as somebody altered them in memory behind the ledger's back
     */
    int compareLive(LiveReading reading, boolean hasJournals, Set<Integer> altered) {
        LiveBalances live = reading.balances();
        int compared = 0;
        for (int account = 0; account < config.accounts(); account++) {
            Books holder = books[config.shardOf(account)];
            if (live.isKnown(account) && (holder != null || !hasJournals)) {
                compared++;
                long cents = live.cents(account);
                if (holder == null && cents < 0) {
                    overdrawn(account, cents);
                } else if (holder == null && !expected.allows(account, cents)) {
                    differs(Kind.LIVE_DIFFERS, account, "commands", expected.balanceCents(account), "ledger", cents);
                } else if (holder != null && !expected.allows(account, holder.balance(account), cents)) {
                    long alteredCents = reading.alteredCents().getOrDefault(account, 0L);
                    if (expected.allows(account, holder.balance(account), cents - alteredCents)) {
                        altered.add(account);
                    } else {
                        differs(Kind.LIVE_DIFFERS, account, "journal", holder.balance(account), "ledger", cents);
                    }
                }
            }
        }
        return compared;
    }

    private void overdrawn(int account, long cents) {
        violations.add(Kind.OVERDRAWN, () -> "account " + account + " is at " + cents + " cents");
    }

    private void differs(Kind kind, int account, String source, long cents, String otherSource, long otherCents) {
        violations.add(
                kind,
                () -> "account " + account + " of shard " + config.shardOf(account) + ": by the " + source + " " + cents
                        + " cents, by the " + otherSource + " " + otherCents);
    }

    /** Compares all the money that came into the ledger with all that is in its journals. */
    void compareMoney() {
        long holdingsCents = 0;
        for (int account = 0; account < config.accounts(); account++) {
            holdingsCents +=
                    Objects.requireNonNull(books[config.shardOf(account)]).balance(account);
        }
        for (int source = 0; source < config.shards(); source++) {
            for (int destination = 0; destination < config.shards(); destination++) {
                holdingsCents += underWayCents(source, destination);
            }
        }
        if (!expected.allowsTotal(holdingsCents)) {
            long cents = holdingsCents;
            violations.add(
                    Kind.MONEY,
                    () -> "the journals hold " + cents + " cents in all, " + expected.mintedCents()
                            + " came into the ledger");
        }
    }

    /** What has left one shard and not arrived at the other. What has arrived, but is not known at the source to have, counts at its destination. */
    private long underWayCents(int source, int destination) {
        long arrived = Objects.requireNonNull(books[destination]).lastCredited(source);
        long[] cents = new long[1];
        Objects.requireNonNull(books[source]).outbox().underWay(destination).forEach(credit -> {
            if (credit.number() > arrived) {
                cents[0] += credit.amountCents();
            }
        });
        return cents[0];
    }
}
