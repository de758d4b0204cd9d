package fourways.workload;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Transfer;
import fourways.workload.Command.Withdraw;
import fourways.workload.Entry.Kind;
import fourways.workload.History.State;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;

/**
 * Matches every journal entry with the command that was sent, and then every acknowledged command with its entries. Four bits a command, no objects: a
 * run of ten million is checked in seconds.
 */
final class EveryCommandCheck {

    private final LedgerConfig config;
    private final Commands commands;
    private final History history;
    private final Expected expected;
    private final Map<Integer, Long> alteredCents;
    private final Violations violations;

    /** By id. A transfer across shards is applied when it is debited, and has to be credited, too. */
    private final BitSet applied = new BitSet();

    private final BitSet debited = new BitSet();
    private final BitSet credited = new BitSet();
    private final BitSet settled = new BitSet();

    // Of the shard that is being read; the numbers by the shard at the other end.
    private int shard;
    private final long[] lastDebit;
    private final long[] lastCredit;

    /** What can be said only of a shard whose entries have all been seen. */
    private Violations ifWhole = new Violations();

    private long entries;

    /** @param alteredCents by account, what was added to it in memory behind the ledger's back: it may be told from then on */
    EveryCommandCheck(
            LedgerConfig config,
            Commands commands,
            History history,
            Expected expected,
            Map<Integer, Long> alteredCents,
            Violations violations) {
        this.config = config;
        this.commands = commands;
        this.history = history;
        this.expected = expected;
        this.alteredCents = alteredCents;
        this.violations = violations;
        this.lastDebit = new long[config.shards()];
        this.lastCredit = new long[config.shards()];
    }

    /** The entries that follow are this shard's, from the first one on. */
    void begin(int shard) {
        this.shard = shard;
        Arrays.fill(lastDebit, 0);
        Arrays.fill(lastCredit, 0);
        ifWhole = new Violations();
    }

    /** The shard's last entry has been seen. */
    void end(boolean isWhole) {
        if (isWhole) {
            violations.addAll(ifWhole);
        }
    }

    long entries() {
        return entries;
    }

    void entry(Entry entry) {
        entries++;
        State state = history.state(entry.id());
        addUp(entry, state == State.INDETERMINATE || state == State.UNANSWERED);
        if (state == State.UNSENT) {
            report(violations, Violation.Kind.NEVER_SENT, entry, "but nobody sent it");
        } else if (!isPartOf(entry, commands.command(entry.id()))) {
            report(violations, Violation.Kind.NEVER_SENT, entry, "but sent was " + commands.command(entry.id()));
        } else {
            match(entry, state);
        }
    }

    /** Whether carrying out the command on this shard makes such an entry. */
    private boolean isPartOf(Entry entry, Command command) {
        return switch (command) {
            case Deposit c -> isPartOf(entry, Kind.DEPOSIT, c.account(), c.account(), c.amountCents());
            case Withdraw c -> isPartOf(entry, Kind.WITHDRAW, c.account(), c.account(), c.amountCents());
            case Transfer c
            when config.shardOf(c.from()) == config.shardOf(c.to()) ->
                isPartOf(entry, Kind.MOVE, c.from(), c.to(), c.amountCents());
            case Transfer c ->
                isPartOf(entry, Kind.DEBIT, c.from(), c.to(), c.amountCents())
                        || isPartOf(entry, Kind.SETTLE, c.from(), c.to(), c.amountCents())
                        || isPartOf(entry, Kind.CREDIT, c.to(), c.from(), c.amountCents());
            case ReadBalance _, Command.Locate _, Command.Sabotage _ -> false;
        };
    }

    private boolean isPartOf(Entry entry, Kind kind, int account, int other, long amountCents) {
        return entry.kind() == kind
                && entry.account() == account
                && entry.other() == other
                && entry.amountCents() == amountCents
                && config.shardOf(account) == shard;
    }

    private void match(Entry entry, State state) {
        int id = (int) entry.id();
        int peer = config.shardOf(entry.other());
        switch (entry.kind()) {
            case DEPOSIT, WITHDRAW, MOVE -> {
                if (isFirst(applied, entry)) {
                    compareAnswer(entry, state);
                }
            }
            case DEBIT -> {
                if (isFirst(applied, entry)) {
                    debited.set(id);
                    inOrder(entry, lastDebit, peer);
                    compareAnswer(entry, state);
                }
            }
            case CREDIT -> {
                if (isFirst(credited, entry)) {
                    inOrder(entry, lastCredit, peer);
                }
            }
            case SETTLE -> {
                if (!debited.get(id) || settled.get(id)) {
                    report(ifWhole, Violation.Kind.HALF_TRANSFER, entry, "but it was not under way");
                }
                settled.set(id);
            }
        }
    }

    private boolean isFirst(BitSet marks, Entry entry) {
        int id = (int) entry.id();
        boolean isFirst = !marks.get(id);
        if (!isFirst) {
            report(violations, Violation.Kind.APPLIED_TWICE, entry, "and not for the first time");
        }
        marks.set(id);
        return isFirst;
    }

    private void compareAnswer(Entry entry, State state) {
        long cents = expected.balanceCents(entry.account());
        if (state == State.REFUSED) {
            report(
                    violations,
                    Violation.Kind.REFUSED_BUT_APPLIED,
                    entry,
                    "but it was refused as " + history.refusal(entry.id()));
        } else if (history.contradicts(entry.id(), cents)
                && history.contradicts(entry.id(), cents + alteredCents.getOrDefault(entry.account(), 0L))) {
            report(
                    ifWhole,
                    Violation.Kind.WRONG_ANSWER,
                    entry,
                    "and left " + cents + " cents, which is not what was acknowledged");
        }
    }

    private void inOrder(Entry entry, long[] last, int peer) {
        long expectedNumber = last[peer] + 1;
        if (entry.number() != expectedNumber) {
            report(ifWhole, Violation.Kind.HALF_TRANSFER, entry, "where number " + expectedNumber + " was due");
        }
        last[peer] = entry.number();
    }

    private void addUp(Entry entry, boolean isUncertain) {
        long cents = entry.amountCents();
        switch (entry.kind()) {
            case DEPOSIT -> {
                change(entry.account(), cents, isUncertain);
                expected.mint(cents);
            }
            case WITHDRAW -> {
                change(entry.account(), -cents, isUncertain);
                expected.mint(-cents);
            }
            case MOVE -> {
                change(entry.account(), -cents, isUncertain);
                change(entry.other(), cents, isUncertain);
            }
            case DEBIT -> change(entry.account(), -cents, isUncertain);
            case CREDIT -> change(entry.account(), cents, isUncertain);
            case SETTLE -> {}
        }
    }

    /** It is certain that this is in the journal; but if nobody heard when it was done, it may have been after the last reads. */
    private void change(int account, long cents, boolean isUncertain) {
        expected.change(account, cents);
        if (isUncertain) {
            expected.maybeChange(account, cents);
        }
        if (expected.balanceCents(account) < 0 && cents < 0) {
            ifWhole.add(
                    Violation.Kind.OVERDRAWN,
                    () -> "account " + account + " fell to " + expected.balanceCents(account) + " cents");
        }
    }

    /** When all shards have been read: looks for what is missing. What a damaged journal may have held is not missed. */
    void finish(long endId, BitSet damagedShards) {
        for (long id = 0; id < endId; id++) {
            int bit = (int) id;
            boolean isAccepted = history.state(id) == State.ACCEPTED;
            if (!applied.get(bit) && (isAccepted || credited.get(bit))) {
                missApplied(commands.command(id), credited.get(bit), damagedShards);
            } else if (debited.get(bit) && !credited.get(bit) && (isAccepted || settled.get(bit))) {
                missCredited(commands.command(id), isAccepted, damagedShards);
            }
        }
    }

    private void missApplied(Command command, boolean isCredited, BitSet damagedShards) {
        switch (command) {
            case Deposit c -> lost(c, c.account(), damagedShards);
            case Withdraw c -> lost(c, c.account(), damagedShards);
            case Transfer c when !isCredited -> lost(c, c.from(), damagedShards);
            case Transfer c
            when !isIn(damagedShards, c.from()) ->
                violations.add(Violation.Kind.HALF_TRANSFER, () -> c + " was credited, but never debited");
            // Its debit may be what cannot be read; and these three leave no entry.
            case Transfer _, ReadBalance _, Command.Locate _, Command.Sabotage _ -> {}
        }
    }

    private void lost(Command command, int account, BitSet damagedShards) {
        if (!isIn(damagedShards, account)) {
            violations.add(
                    Violation.Kind.LOST,
                    () -> command + " was acknowledged, but shard " + config.shardOf(account) + " has no entry of it");
        }
    }

    private void missCredited(Command command, boolean isAccepted, BitSet damagedShards) {
        if (command instanceof Transfer c && !isIn(damagedShards, c.to())) {
            violations.add(
                    Violation.Kind.HALF_TRANSFER,
                    () -> c + " was debited and " + (isAccepted ? "acknowledged" : "settled") + ", but shard "
                            + config.shardOf(c.to()) + " never credited it");
        }
    }

    private boolean isIn(BitSet shards, int account) {
        return shards.get(Math.floorMod(account, config.shards()));
    }

    private void report(Violations where, Violation.Kind kind, Entry entry, String what) {
        where.add(kind, () -> "shard " + shard + " has " + entry + ", " + what);
    }
}
