package fourways.workload;

/** Writes nothing down: what an acknowledged command survives is then nothing. */
final class MemoryJournal implements Journal {

    private volatile boolean closed;

    @Override
    public void append(Entry entry) {
        requireOpen();
    }

    @Override
    public void whenDurable(Effect effect) {
        requireOpen();
        effect.run();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this shard has been closed: its owner has no say any more");
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
