package fourways.workload;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything a ledger is opened with. Accounts are numbered from 0 and spread over the shards: {@code shard = account % shards}.
 *
 * @param accounts how many accounts, from 1 to 10,000,000, and at least one a shard
 * @param shards how many shards, from 1 to 1,024
 * @param workers how many processes, threads or loops serve the shards, from 1 to 64
 * @param capacity requests in flight per shard above which one is refused {@code OVERLOADED}, from 1 to 65,536
 * @param initialBalanceCents what every account of a new ledger holds, 0 or more
 * @param journal what an acknowledged command survives
 * @param directory where the journals are, for their owner only; not needed for {@link JournalMode#MEMORY}
 * @param segmentBytes the size of one journal file, raised where a snapshot of the shard needs more
 * @param keepSegments whether full journal files are kept, so that every command can be checked, instead of dropped after a snapshot
 * @param deadlineMillis how long an owner may be busy with one request before a hardened variant takes it for stuck, from 20 to 60,000; others ignore it
 * @param variant one of {@link Architecture#variants()}
 */
public record LedgerConfig(
        int accounts,
        int shards,
        int workers,
        int capacity,
        long initialBalanceCents,
        JournalMode journal,
        @Nullable Path directory,
        int segmentBytes,
        boolean keepSegments,
        int deadlineMillis,
        String variant) {

    static final int MAX_ACCOUNTS = 10_000_000;
    private static final int MAX_SHARDS = 1_024;
    private static final int MAX_WORKERS = 64;
    private static final int MAX_CAPACITY = 65_536;
    private static final int MAX_IN_FLIGHT = 4_194_304;
    private static final int MIN_SEGMENT_BYTES = 4_096;
    private static final int MAX_SEGMENT_BYTES = 1 << 30;

    /** Shorter than this is what any garbage collection and any busy machine takes. */
    private static final int MIN_DEADLINE_MILLIS = 20;

    private static final int MAX_DEADLINE_MILLIS = 60_000;

    public LedgerConfig {
        requireRange("accounts", accounts, 1, MAX_ACCOUNTS);
        requireRange("shards", shards, 1, Math.min(MAX_SHARDS, accounts));
        requireRange("workers", workers, 1, MAX_WORKERS);
        requireRange("capacity", capacity, 1, Math.min(MAX_CAPACITY, MAX_IN_FLIGHT / shards));
        // Every shard may create at most its share of Long.MAX_VALUE cents, so no sum of balances, and so no balance,
        // can ever overflow.
        long accountsInLargestShard = ((long) accounts + shards - 1) / shards;
        requireRange("initialBalanceCents", initialBalanceCents, 0, Long.MAX_VALUE / shards / accountsInLargestShard);
        requireRange("segmentBytes", segmentBytes, MIN_SEGMENT_BYTES, MAX_SEGMENT_BYTES);
        requireRange("deadlineMillis", deadlineMillis, MIN_DEADLINE_MILLIS, MAX_DEADLINE_MILLIS);
        if (journal != JournalMode.MEMORY && directory == null) {
            throw new IllegalArgumentException(
                    "directory is missing: the journal " + journal + " needs one, only MEMORY does not");
        }
    }

    /** 100,000 accounts with 1,000.00 each on 64 shards and 4 workers, nothing journaled. */
    public static LedgerConfig inMemory() {
        return new LedgerConfig(100_000, 64, 4, 1_024, 100_000, JournalMode.MEMORY, null, 1 << 18, false, 500, "plain");
    }

    /** The same, surviving the death of the process. */
    public static LedgerConfig in(Path directory) {
        return inMemory().withJournal(JournalMode.PROCESS, directory);
    }

    public LedgerConfig withAccounts(int accounts, int shards) {
        return with(draft -> {
            draft.accounts = accounts;
            draft.shards = shards;
        });
    }

    public LedgerConfig withWorkers(int workers) {
        return with(draft -> draft.workers = workers);
    }

    public LedgerConfig withCapacity(int capacity) {
        return with(draft -> draft.capacity = capacity);
    }

    public LedgerConfig withInitialBalanceCents(long initialBalanceCents) {
        return with(draft -> draft.initialBalanceCents = initialBalanceCents);
    }

    public LedgerConfig withJournal(JournalMode journal, @Nullable Path directory) {
        return with(draft -> {
            draft.journal = journal;
            draft.directory = directory;
        });
    }

    public LedgerConfig withSegments(int segmentBytes, boolean keepSegments) {
        return with(draft -> {
            draft.segmentBytes = segmentBytes;
            draft.keepSegments = keepSegments;
        });
    }

    public LedgerConfig withDeadlineMillis(int deadlineMillis) {
        return with(draft -> draft.deadlineMillis = deadlineMillis);
    }

    public LedgerConfig withVariant(String variant) {
        return with(draft -> draft.variant = variant);
    }

    private LedgerConfig with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new LedgerConfig(
                draft.accounts,
                draft.shards,
                draft.workers,
                draft.capacity,
                draft.initialBalanceCents,
                draft.journal,
                draft.directory,
                draft.segmentBytes,
                draft.keepSegments,
                draft.deadlineMillis,
                draft.variant);
    }

    /** A copy under change. */
    private static final class Draft {
        private int accounts;
        private int shards;
        private int workers;
        private int capacity;
        private long initialBalanceCents;
        private JournalMode journal;
        private @Nullable Path directory;
        private int segmentBytes;
        private boolean keepSegments;
        private int deadlineMillis;
        private String variant;

        Draft(LedgerConfig config) {
            this.accounts = config.accounts;
            this.shards = config.shards;
            this.workers = config.workers;
            this.capacity = config.capacity;
            this.initialBalanceCents = config.initialBalanceCents;
            this.journal = config.journal;
            this.directory = config.directory;
            this.segmentBytes = config.segmentBytes;
            this.keepSegments = config.keepSegments;
            this.deadlineMillis = config.deadlineMillis;
            this.variant = config.variant;
        }
    }

    public int shardOf(int account) {
        return account % shards;
    }

    /** Whether there is such an account, and on that shard. */
    boolean isAccountOf(int shard, int account) {
        return 0 <= account && account < accounts && shardOf(account) == shard;
    }

    public int accountsIn(int shard) {
        return (accounts - shard + shards - 1) / shards;
    }

    /** The shard whose owner serves the command first; for a transfer, the one that is debited. May be out of range if the command is. */
    public int shardOf(Command command) {
        return switch (command) {
            case Command.Deposit c -> shardOf(c.account());
            case Command.Withdraw c -> shardOf(c.account());
            case Command.Transfer c -> shardOf(c.from());
            case Command.ReadBalance c -> shardOf(c.account());
            case Command.Locate c -> c.shard();
            case Command.Sabotage c -> c.shard();
        };
    }

    private static void requireRange(String name, long value, long low, long high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(name + " is " + value + ", allowed are " + low + " to " + high);
        }
    }
}
