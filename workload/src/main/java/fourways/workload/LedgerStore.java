package fourways.workload;

/**
 * The directory of a ledger: who may use it, and the journals of its shards. Thread-safe.
 *
 * <p>Layout: {@code ledger.properties} (format, accounts, shards, initial balance), {@code ledger.lock}, and per shard a folder of segments with a lock of its own. Everything
 * is for the owner only.
 */
public final class LedgerStore implements AutoCloseable {

    private final LedgerConfig config;

    private LedgerStore(LedgerConfig config) {
        this.config = config;
    }

    /**
     * Claims the directory, making it if it does not exist; for the one process that runs the ledger.
     *
     * @throws LedgerOpenException if it is not a directory, not writable, belongs to a running ledger, or holds a ledger of another shape
     */
    public static LedgerStore open(LedgerConfig config) {
        return new LedgerStore(config);
    }

    /** Uses a directory that another process has claimed; for worker processes, which open the shards they own. */
    public static LedgerStore join(LedgerConfig config) {
        return new LedgerStore(config);
    }

    public LedgerConfig config() {
        return config;
    }

    Journal openJournal(int shard, Books books) {
        return switch (config.journal()) {
            case MEMORY -> new MemoryJournal();
            case PROCESS, DISK -> throw new LedgerOpenException("no journal yet for shard " + shard);
        };
    }

    /** Gives the directory back. The shards' journals are to be closed before. */
    @Override
    public void close() {}
}
