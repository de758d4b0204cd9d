package fourways.threads;

/** Who looks after the threads while they serve: one of the policies in which the variants differ. */
interface Supervision extends AutoCloseable {

    /** Nobody. */
    Supervision NONE = new Supervision() {
        @Override
        public void begin(GuardedShards shards) {}

        @Override
        public void close() {}
    };

    /** All shards are open; requests come next. */
    void begin(GuardedShards shards);

    @Override
    void close();
}
