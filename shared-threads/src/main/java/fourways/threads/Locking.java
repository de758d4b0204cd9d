package fourways.threads;

/** How long a thread waits for a shard's lock: one of the policies in which the variants differ. */
@FunctionalInterface
interface Locking {

    /** As long as it takes, which may be for ever. */
    Locking PATIENT = guarded -> {
        guarded.lock();
        return true;
    };

    /** Takes the lock. False if it was not to be had; then nothing has happened. */
    boolean lock(GuardedShard guarded);
}
