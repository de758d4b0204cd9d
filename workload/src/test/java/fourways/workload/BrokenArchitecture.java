package fourways.workload;

import fourways.workload.Entry.Kind;
import fourways.workload.Outcome.Refused;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * An architecture whose variants are broken on purpose, one mistake each, but for the first. For whoever wants to see a whole trial turn red. Where a mistake needs an occasion, that is made, so
 * that none depends on luck.
 */
public final class BrokenArchitecture implements Architecture {

    public static final String NAME = "broken";

    /** The first has no mistake. */
    public static final List<String> VARIANTS =
            List.of("healthy", "no-lock", "early-answer", "short-replay", "double-credit", "double-deposit");

    /** Every so many commands something goes wrong. */
    private static final int ONE_IN = 32;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> variants() {
        return VARIANTS;
    }

    @Override
    public Ledger open(LedgerConfig config) {
        return switch (config.variant()) {
            case "healthy" -> new JournaledTinyLedger(config);
            case "no-lock" -> new Unlocked(config);
            case "early-answer" -> new EarlyAnswer(config);
            case "short-replay" -> new ShortReplay(config);
            case "double-credit" -> new DoubleCredit(config);
            case "double-deposit" -> new DoubleDeposit(config);
            default -> throw new LedgerOpenException("no variant " + config.variant());
        };
    }

    @Override
    public Ledger openFloor(LedgerConfig config) {
        throw new UnsupportedOperationException("nobody measures these");
    }

    /** Two threads change the same balances, each writing back all that it has read: whatever the other one did meanwhile is gone. */
    private static final class Unlocked extends JournaledTinyLedger {

        /** Many times what it takes until the other thread has changed something. */
        private static final long MEETING_NANOS = 100_000_000;

        private final ExecutorService slow = thread("slow");
        private final ExecutorService fast = thread("fast");
        private final AtomicLong changes = new AtomicLong();
        private volatile long[] balances;

        Unlocked(LedgerConfig config) {
            super(config);
            balances = new long[config.accounts()];
            for (int account = 0; account < balances.length; account++) {
                balances[account] = books.get(config.shardOf(account)).balance(account);
            }
        }

        private static ExecutorService thread(String name) {
            return Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name(name).factory());
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized")
        public CompletableFuture<Outcome> submit(Command command) {
            Refused refusal = Validation.refusalOf(command, config);
            return refusal != null
                    ? CompletableFuture.completedFuture(refusal)
                    : CompletableFuture.supplyAsync(() -> serve(command), command.id() % ONE_IN == 0 ? slow : fast);
        }

        /** With a lock, for the numbers of transfers: one mistake is enough. */
        @Override
        synchronized Outcome transfer(Command.Transfer c) {
            return super.transfer(c);
        }

        @Override
        synchronized void append(Entry entry) {
            super.append(entry);
            super.redo(entry);
        }

        @Override
        void redo(Entry entry) {
            long seen = changes.get();
            long[] written = balances.clone();
            switch (entry.kind()) {
                case DEPOSIT, CREDIT -> written[entry.account()] += entry.amountCents();
                case WITHDRAW, DEBIT -> written[entry.account()] -= entry.amountCents();
                case MOVE -> {
                    written[entry.account()] -= entry.amountCents();
                    written[entry.other()] += entry.amountCents();
                }
                case SETTLE -> {}
            }
            long untilNanos = System.nanoTime() + MEETING_NANOS;
            while (entry.id() % ONE_IN == 0
                    && !Thread.holdsLock(this)
                    && changes.get() == seen
                    && System.nanoTime() < untilNanos) {
                LockSupport.parkNanos(100_000);
            }
            balances = written;
            changes.incrementAndGet();
        }

        @Override
        long balanceCents(int account) {
            return balances[account];
        }

        @Override
        public void close() {
            slow.close();
            fast.close();
            super.close();
        }
    }

    /** Says that it is done, and writes it down when there is more to write. On a good day nobody ever notices. */
    private static final class EarlyAnswer extends JournaledTinyLedger {

        private final Deque<Entry> unwritten = new ArrayDeque<>();

        EarlyAnswer(LedgerConfig config) {
            super(config);
        }

        @Override
        void append(Entry entry) {
            unwritten.add(entry);
            if (unwritten.size() > ONE_IN) {
                super.append(unwritten.remove());
            }
        }

        @Override
        public synchronized void close() {
            unwritten.forEach(super::append);
            super.close();
        }
    }

    /** Forgets the first deposit of each journal when it opens one. */
    private static final class ShortReplay extends JournaledTinyLedger {

        ShortReplay(LedgerConfig config) {
            super(config);
            for (int shard = 0; shard < config.shards(); shard++) {
                List<Entry> entries = entries(shard);
                Books recovered = new Books(config, shard);
                entries.stream()
                        .filter(entry -> entry.kind() == Kind.DEPOSIT)
                        .findFirst()
                        .ifPresent(entries::remove);
                entries.forEach(recovered::redo);
                books.set(shard, recovered);
            }
        }

        private List<Entry> entries(int shard) {
            List<Entry> entries = new ArrayList<>();
            JournalAudit.read(config, shard, new JournalAudit.Visitor() {
                @Override
                public void entry(Entry entry, Path segment, long offset) {
                    entries.add(entry);
                }

                @Override
                public void contradiction(Path segment, String what) {
                    throw new IllegalStateException(segment + ": " + what);
                }
            });
            return entries;
        }
    }

    /** Takes money in twice that came once: it numbers what arrives instead of looking at the number that it came with. */
    private static final class DoubleCredit extends JournaledTinyLedger {

        DoubleCredit(LedgerConfig config) {
            super(config);
        }

        @Override
        void credit(Command.Transfer c, long number) {
            Books destination = books.get(config.shardOf(c.to()));
            int source = config.shardOf(c.from());
            super.credit(c, destination.lastCredited(source) + 1);
            if (c.id() % ONE_IN == 0) {
                super.credit(c, destination.lastCredited(source) + 1);
            }
        }
    }

    /** Does now and then again what it has done already, as a retry does that nobody made idempotent. */
    private static final class DoubleDeposit extends JournaledTinyLedger {

        DoubleDeposit(LedgerConfig config) {
            super(config);
        }

        @Override
        Outcome deposit(Command.Deposit c) {
            Outcome outcome = super.deposit(c);
            return c.id() % ONE_IN == 0 ? super.deposit(c) : outcome;
        }
    }
}
