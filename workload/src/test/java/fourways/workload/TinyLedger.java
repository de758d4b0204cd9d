package fourways.workload;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Transfer;
import fourways.workload.Command.Withdraw;
import fourways.workload.Entry.Kind;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * A correct ledger, small enough to be broken on purpose: books and a list of entries per shard, one command after the other under one lock. Each step is a
 * method, for a broken ledger to override one.
 */
class TinyLedger implements Ledger, Journals {

    private static final Path NO_FILE = Path.of("in-memory");

    final LedgerConfig config;
    final List<Books> books = new ArrayList<>();
    final List<List<Entry>> journals = new ArrayList<>();

    TinyLedger(LedgerConfig config) {
        this.config = config;
        for (int shard = 0; shard < config.shards(); shard++) {
            books.add(new Books(config, shard));
            journals.add(new ArrayList<>());
        }
    }

    @Override
    public synchronized CompletableFuture<Outcome> submit(Command command) {
        Refused refusal = Validation.refusalOf(command, config);
        return CompletableFuture.completedFuture(refusal == null ? serve(command) : refusal);
    }

    Outcome serve(Command command) {
        return switch (command) {
            case Deposit c -> deposit(c);
            case Withdraw c -> covers(c.account(), c.amountCents()) ? withdraw(c) : refuse(c);
            case Transfer c -> covers(c.from(), c.amountCents()) ? transfer(c) : refuse(c);
            case ReadBalance c -> new Accepted(balanceCents(c.account()));
            case Command.Locate _, Command.Sabotage _ -> throw new IllegalArgumentException(command.toString());
        };
    }

    Outcome deposit(Deposit c) {
        change(new Entry(Kind.DEPOSIT, c.id(), c.account(), c.account(), c.amountCents(), 0));
        return new Accepted(balanceCents(c.account()));
    }

    Outcome withdraw(Withdraw c) {
        change(new Entry(Kind.WITHDRAW, c.id(), c.account(), c.account(), c.amountCents(), 0));
        return new Accepted(balanceCents(c.account()));
    }

    Outcome transfer(Transfer c) {
        if (config.shardOf(c.from()) == config.shardOf(c.to())) {
            change(new Entry(Kind.MOVE, c.id(), c.from(), c.to(), c.amountCents(), 0));
        } else {
            long number = numberOf(c);
            debit(c, number);
            credit(c, number);
            settle(c, number);
        }
        return new Accepted(balanceCents(c.from()));
    }

    void debit(Transfer c, long number) {
        change(new Entry(Kind.DEBIT, c.id(), c.from(), c.to(), c.amountCents(), number));
    }

    void credit(Transfer c, long number) {
        change(new Entry(Kind.CREDIT, c.id(), c.to(), c.from(), c.amountCents(), number));
    }

    void settle(Transfer c, long number) {
        change(new Entry(Kind.SETTLE, c.id(), c.from(), c.to(), c.amountCents(), number));
    }

    Outcome refuse(Command command) {
        return new Refused(Reason.INSUFFICIENT_FUNDS, "not enough for " + command);
    }

    boolean covers(int account, long amountCents) {
        return balanceCents(account) >= amountCents;
    }

    void change(Entry entry) {
        append(entry);
        redo(entry);
    }

    void append(Entry entry) {
        journals.get(config.shardOf(entry.account())).add(entry);
    }

    void redo(Entry entry) {
        booksOf(entry.account()).redo(entry);
    }

    long balanceCents(int account) {
        return booksOf(account).balance(account);
    }

    private Books booksOf(int account) {
        return books.get(config.shardOf(account));
    }

    private long numberOf(Transfer c) {
        return booksOf(c.from()).outbox().nextNumber(config.shardOf(c.to()));
    }

    /** As if the process had died and been started again: what is in memory is gone. */
    synchronized void restart() {
        for (int shard = 0; shard < config.shards(); shard++) {
            Books recovered = new Books(config, shard);
            replayed(shard).forEach(recovered::redo);
            books.set(shard, recovered);
        }
    }

    List<Entry> replayed(int shard) {
        return journals.get(shard);
    }

    @Override
    public JournalAudit.Result read(int shard, JournalAudit.Visitor visitor) {
        Books audited = new Books(config, shard);
        for (Entry entry : journals.get(shard)) {
            visitor.entry(entry, NO_FILE, 0);
            audited.redo(entry);
        }
        return new JournalAudit.Result(audited, true);
    }

    long totalEntries() {
        return IntStream.range(0, config.shards())
                .mapToLong(shard -> journals.get(shard).size())
                .sum();
    }

    @Override
    public void close() {}
}
