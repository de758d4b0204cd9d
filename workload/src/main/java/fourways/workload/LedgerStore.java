package fourways.workload;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a ledger: who may use it, and the journals of its shards. Thread-safe.
 *
 * <p>Layout: {@code ledger.properties} (format, accounts, shards, initial balance), {@code ledger.lock}, and per shard a folder of segments with a lock of its
 * own. Everything in it is for the owner only.
 */
public final class LedgerStore implements AutoCloseable {

    private final LedgerConfig config;

    /** Null in {@code MEMORY}, which has no files. */
    private final @Nullable Path directory;

    /** Null where another process has claimed the directory, or there is none. */
    private final @Nullable LedgerDirectory claim;

    private final @Nullable GroupCommit group;

    // Guarded by this.
    private final List<Journal> journals = new ArrayList<>();
    private final BitSet opened = new BitSet();

    /** By shard: what was last opened here. */
    private final Map<Integer, Books> booksByShard = new TreeMap<>();

    private boolean closed;

    private LedgerStore(LedgerConfig config, @Nullable Path directory, @Nullable LedgerDirectory claim) {
        this.config = config;
        this.directory = directory;
        this.claim = claim;
        this.group = config.journal() == JournalMode.DISK ? new GroupCommit("ledger-commit") : null;
    }

    /**
     * Claims the directory, making it if it does not exist; for the one process that runs the ledger.
     *
     * @throws LedgerOpenException if it is not a directory, not writable, belongs to a running ledger, or holds a ledger of another shape; or if there is a fault on the
     *     class path that cannot be used, which had better be said before somebody names one
     */
    public static LedgerStore open(LedgerConfig config) {
        var _ = Faults.names();
        Path directory = directoryOf(config);
        LedgerDirectory claim = directory == null ? null : LedgerDirectory.claim(directory, config);
        try {
            return new LedgerStore(config, directory, claim);
        } catch (RuntimeException | Error e) {
            // No thread to be had, for example.
            if (claim != null) {
                claim.close();
            }
            throw e;
        }
    }

    /** Uses a directory that another process has claimed; for worker processes, which open the shards they own. */
    public static LedgerStore join(LedgerConfig config) {
        Path directory = directoryOf(config);
        if (directory != null) {
            LedgerDirectory.check(directory, config);
        }
        return new LedgerStore(config, directory, null);
    }

    private static @Nullable Path directoryOf(LedgerConfig config) {
        return config.journal() == JournalMode.MEMORY ? null : config.directory();
    }

    public LedgerConfig config() {
        return config;
    }

    /** Opens a shard's journal and replays it into its books. A shard whose journal is open, here or in another process, is refused. */
    Journal openJournal(int shard, Books books) {
        if (shard < 0 || shard >= config.shards()) {
            throw new LedgerOpenException("shard " + shard + ", allowed are 0 to " + (config.shards() - 1));
        }
        begin(shard);
        // Not while holding the monitor: it reads files, and may wait for another process to end.
        Journal journal =
                directory == null ? new MemoryJournal() : MappedJournal.open(config, directory, shard, books, group);
        return end(journal, shard, books);
    }

    private synchronized void begin(int shard) {
        requireOpen();
        if (directory == null && opened.get(shard)) {
            throw new LedgerOpenException("shard " + shard
                    + " has failed, and the journal MEMORY keeps nothing to recover it from;" + " PROCESS and DISK do");
        }
        opened.set(shard);
    }

    private Journal end(Journal journal, int shard, Books replayed) {
        synchronized (this) {
            if (!closed) {
                journals.removeIf(open -> open.isClosed());
                journals.add(journal);
                booksByShard.put(shard, replayed);
                return journal;
            }
        }
        journal.close();
        throw closedException();
    }

    /** What other shards of this process know. Their owners are not asked: for faults only. */
    synchronized List<Books> booksBeside(int shard) {
        return booksByShard.values().stream()
                .filter(other -> other.shard() != shard)
                .toList();
    }

    private void requireOpen() {
        if (closed) {
            throw closedException();
        }
    }

    private static LedgerOpenException closedException() {
        return new LedgerOpenException("this ledger has been closed");
    }

    /**
     * Gives the directory back. The shards are to be closed before; those that are not, because their owner no longer answers, lose their
     * journals: whatever that owner tries from then on throws.
     */
    @Override
    public void close() {
        List<Journal> left;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            left = List.copyOf(journals);
            booksByShard.clear();
        }
        left.forEach(Journal::close);
        if (group != null) {
            group.close();
        }
        if (claim != null) {
            claim.close();
        }
    }
}
