package fourways.workload;

/**
 * Where a shard writes down each change before it makes it. One shard, one journal, one owner; not thread-safe, but for {@link #close}.
 *
 * <p>The implementation recovers on opening: it replays what it finds into the {@link Books} it was opened with.
 */
interface Journal extends AutoCloseable {

    /** Something that the world outside the shard will see. */
    @FunctionalInterface
    interface Effect {
        void run();

        /** Called in place of {@link #run} if the disk failed, so that nobody knows whether what was appended before survives. */
        default void fail(String detail) {}
    }

    /**
     * Writes an entry, rolling into a new segment that opens with a snapshot of the books (as they are before this entry) where the old one is full.
     *
     * @throws JournalFullException if there is no space; nothing was written. An entry that {@link Entry.Kind#isObligation is an obligation} finds room that
     *     others no longer get.
     */
    void append(Entry entry);

    /**
     * Runs an effect once everything appended before is as durable as the {@link JournalMode} promises: at once on the calling thread for {@code MEMORY} and
     * {@code PROCESS}; after the next group commit, on the committer's thread and in order, for {@code DISK}. Does not wait for that.
     */
    void whenDurable(Effect effect);

    /** Any thread may ask. */
    boolean isClosed();

    /**
     * Gives the files and the ownership back. Effects still waiting are made durable and run first, on this thread. Any thread may call it, to fence off an owner that
     * no longer answers: whatever that owner tries from then on throws.
     */
    @Override
    void close();
}
