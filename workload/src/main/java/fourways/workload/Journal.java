package fourways.workload;

/**
 * Where a shard writes down each change before it makes it. One shard, one journal, one owner; not thread-safe, but for {@link #whenDurable}'s effects.
 *
 * <p>The implementation recovers on opening: it replays what it finds into the {@link Books} it was opened with.
 */
interface Journal extends AutoCloseable {

    /**
     * Writes an entry, rolling into a new segment that opens with a snapshot of the books (as they are before this entry) where the old one is full.
     *
     * @throws JournalFullException if there is no space; nothing was written. An entry that {@link Entry.Kind#isObligation is an obligation} finds room that
     *     others no longer get.
     */
    void append(Entry entry);

    /**
     * Runs an effect, something that the world outside the shard will see, once everything appended before is as durable as the {@link JournalMode} promises:
     * at once on the calling thread for {@code MEMORY} and {@code PROCESS}; after the next group commit, on the committer's thread and in order, for {@code DISK}.
     */
    void whenDurable(Runnable effect);

    /** Gives the files and the ownership back. Effects still waiting are run first. */
    @Override
    void close();
}
