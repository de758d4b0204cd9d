package fourways.threads;

/** How long a thread waits for a shard's lock: one of the policies in which the variants differ. */
interface Locking {

    /** As long as it takes, which may be for ever. */
    Locking PATIENT = new Locking() {
        @Override
        public boolean lock(GuardedShard guarded) {
            guarded.lock();
            return true;
        }

        @Override
        public boolean lockToo(GuardedShard guarded) {
            return lock(guarded);
        }
    };

    /** Takes the lock. False if it was not to be had; then nothing has happened. */
    boolean lock(GuardedShard guarded);

    /** The same, for a thread that holds the lock of another shard already. */
    boolean lockToo(GuardedShard guarded);
}
