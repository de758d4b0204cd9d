package fourways.workload;

import fourways.workload.Command.Deposit;
import fourways.workload.Command.Locate;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Command.Transfer;
import fourways.workload.Command.Withdraw;
import fourways.workload.Entry.Kind;
import fourways.workload.Outbox.Transit;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import fourways.workload.Peers.Credit;
import fourways.workload.Peers.Credited;
import java.util.Objects;

/**
 * One shard of the ledger: a plain single-threaded state machine, on purpose not thread-safe. Confining or guarding it is what the architectures are
 * about. Each change goes the same way: validate, append to the journal, change memory ({@link Books#redo}), say so. Whatever is said waits until the journal
 * is durable.
 *
 * <p>If any method throws, memory may be half changed: the owner answers what it was serving {@code Indeterminate}, {@link #close closes} this object and
 * opens the shard anew from its journal.
 *
 * <p>A transfer across shards loses no cent at any crash, by an outbox with numbers (a transactional outbox; the receiver is idempotent):
 *
 * <pre>
 *   source                          destination
 *   debit, into the outbox as n  →  credit n, if the last one credited was n − 1
 *   settle up to n, answer       ←  credited n
 * </pre>
 *
 * A number seen again is acknowledged and not applied; a number after a gap is ignored. So whoever opens or recovers a shard has all its outbox {@link #resendAll sent
 * again} and asks all other shards to {@link #resend} theirs to it, and everything is applied once, in order.
 */
public final class Shard implements AutoCloseable {

    private static final Refused INSUFFICIENT_FUNDS =
            new Refused(Reason.INSUFFICIENT_FUNDS, "the account holds less than that");

    private final int index;
    private final LedgerStore store;
    private final LedgerConfig config;
    private final Books books;
    private final Journal journal;
    private final Peers peers;

    private Shard(LedgerStore store, int index, Peers peers) {
        this.index = index;
        this.store = store;
        this.config = store.config();
        this.books = new Books(config, index);
        this.journal = store.openJournal(index, books);
        this.peers = peers;
    }

    /**
     * Recovers a shard from its journal, or makes a new one. Reads files: not for an event loop.
     *
     * @throws LedgerOpenException if the journal cannot be opened or belongs to someone else
     * @throws JournalDamagedException if it is not what was written
     */
    public static Shard open(LedgerStore store, int index, Peers peers) {
        return new Shard(store, index, peers);
    }

    public int index() {
        return index;
    }

    /** Serves a command of this shard that the {@link Admission} let in. The reply may be given later, by {@link #credited}. */
    public void handle(Command command, Reply reply) {
        try {
            switch (command) {
                case Deposit c -> deposit(c, reply);
                case Withdraw c -> withdraw(c, reply);
                case Transfer c -> transfer(c, reply);
                case ReadBalance c -> accept(reply, c.account());
                case Locate c -> say(reply, Whereabouts.ofThisThread());
                case Sabotage c -> suffer(c, reply);
            }
        } catch (JournalFullException e) {
            say(reply, new Refused(Reason.UNAVAILABLE, String.valueOf(e.getMessage())));
        }
    }

    private void deposit(Deposit c, Reply reply) {
        if (books.canMint(c.amountCents())) {
            change(new Entry(Kind.DEPOSIT, c.id(), c.account(), c.account(), c.amountCents(), 0));
            accept(reply, c.account());
        } else {
            say(reply, new Refused(Reason.INVALID_AMOUNT, c.amountCents() + " cents more than the ledger can count"));
        }
    }

    private void withdraw(Withdraw c, Reply reply) {
        if (covers(c.account(), c.amountCents(), reply)) {
            change(new Entry(Kind.WITHDRAW, c.id(), c.account(), c.account(), c.amountCents(), 0));
            accept(reply, c.account());
        }
    }

    private void transfer(Transfer c, Reply reply) {
        if (!covers(c.from(), c.amountCents(), reply)) {
            return;
        }
        int destination = config.shardOf(c.to());
        if (destination == index) {
            change(new Entry(Kind.MOVE, c.id(), c.from(), c.to(), c.amountCents(), 0));
            accept(reply, c.from());
        } else if (books.outbox().size() < Outbox.limit(config)) {
            long number = books.outbox().nextNumber(destination);
            change(new Entry(Kind.DEBIT, c.id(), c.from(), c.to(), c.amountCents(), number));
            Transit transit = books.outbox().last(destination);
            transit.reply = reply;
            transit.balanceCents = books.balance(c.from());
            journal.whenDurable(() -> peers.credit(transit.credit));
        } else {
            say(reply, new Refused(Reason.OVERLOADED, "shard " + index + " has too much money under way already"));
        }
    }

    /** Takes in money that another shard sent here. */
    public void credit(Credit c) {
        if (c.number() <= books.lastCredited(c.source()) + 1) {
            if (c.number() > books.lastCredited(c.source())) {
                change(new Entry(Kind.CREDIT, c.id(), c.to(), c.from(), c.amountCents(), c.number()));
            }
            Credited credited = new Credited(c.source(), index, c.number());
            journal.whenDurable(() -> peers.credited(credited));
        }
    }

    /** Hears that money arrived, and answers those who waited for that. */
    public void credited(Credited c) {
        // Usually one. More, if acknowledgements were lost with an owner that failed.
        for (Transit transit = books.outbox().oldest(c.destination(), c.number());
                transit != null;
                transit = books.outbox().oldest(c.destination(), c.number())) {
            Credit credit = transit.credit;
            change(new Entry(
                    Kind.SETTLE, credit.id(), credit.from(), credit.to(), credit.amountCents(), credit.number()));
            if (transit.reply != null) {
                say(transit.reply, new Accepted(transit.balanceCents));
            }
        }
    }

    /** Sends again whatever is not known to have arrived at a destination. */
    public void resend(int destination) {
        books.outbox().underWay(destination).forEach(credit -> journal.whenDurable(() -> peers.credit(credit)));
    }

    /** Sends again whatever is not known to have arrived anywhere. */
    public void resendAll() {
        for (int destination = 0; destination < config.shards(); destination++) {
            resend(destination);
        }
    }

    /**
     * Takes the journal from an owner that does not come back: whatever that owner still tries with this object throws, and the shard can be opened anew. Any
     * thread may call it, for it touches nothing else. Who waits for an answer is left to the caller; {@link #close} must not follow while the owner may be at
     * work.
     *
     * <p>May wait for the disk: for what the owner is writing to it, and in {@code DISK} for what still waits to be made durable.
     */
    public void fence() {
        journal.close();
    }

    /** Gives up the journal, after which the shard can be opened anew. Who waits for a transfer under way hears {@code Indeterminate}: it will arrive. */
    @Override
    public void close() {
        journal.close();
        books.outbox().forEachTransit(transit -> {
            if (transit.reply != null) {
                transit.reply.answer(new Indeterminate("debited; the credit follows when the shard has recovered"));
            }
        });
    }

    private void suffer(Sabotage c, Reply reply) {
        Fault fault = Objects.requireNonNull(
                Faults.named(c.fault()), () -> "this process has no fault named " + c.fault() + " on its class path");
        books.disturb(1);
        fault.strike(new Scene(c.fault(), index, store));
        books.disturb(-1);
        say(reply, new Accepted(0));
    }

    private boolean covers(int account, long amountCents, Reply reply) {
        if (books.balance(account) >= amountCents) {
            return true;
        }
        say(reply, INSUFFICIENT_FUNDS);
        return false;
    }

    private void change(Entry entry) {
        journal.append(entry);
        books.redo(entry);
    }

    private void accept(Reply reply, int account) {
        say(reply, new Accepted(books.balance(account)));
    }

    private void say(Reply reply, Outcome outcome) {
        journal.whenDurable(new Answer(reply, outcome));
    }

    private record Answer(Reply reply, Outcome outcome) implements Journal.Effect {
        @Override
        public void run() {
            reply.answer(outcome);
        }

        @Override
        public void fail(String detail) {
            reply.answer(new Indeterminate(detail));
        }
    }
}
