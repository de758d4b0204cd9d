package fourways.threads;

import fourways.workload.Shard;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One shard behind its lock. Whoever holds the lock may use the shard. It is put in place with the lock held; taking it out, because it failed or is no longer to be
 * served, needs no lock: whoever wins that, by compare-and-set, and nobody else, is to see to what comes next.
 */
final class GuardedShard {

    private final int index;
    private final Monitored lock = new Monitored();
    private final AtomicReference<@Nullable Shard> shard = new AtomicReference<>();

    /** Somebody waited for the lock in vain, and nobody has had it since. */
    private volatile boolean suspect;

    /** Made for this by its authors: "to facilitate construction of subclasses that provide more extensive lock monitoring facilities". */
    private static final class Monitored extends ReentrantLock {
        private static final long serialVersionUID = 1;

        @Override
        public @Nullable Thread getOwner() {
            return super.getOwner();
        }
    }

    /** Not served yet. */
    GuardedShard(int index) {
        this.index = index;
    }

    int index() {
        return index;
    }

    void lock() {
        lock.lock();
    }

    boolean tryLock() {
        return lock.tryLock();
    }

    boolean tryLock(long nanos) throws InterruptedException {
        return lock.tryLock(nanos, TimeUnit.NANOSECONDS);
    }

    void unlock() {
        lock.unlock();
    }

    /** Who has the lock at about this moment. Any thread may ask. */
    @Nullable
    Thread holder() {
        return lock.getOwner();
    }

    boolean isSuspect() {
        return suspect;
    }

    void suspect(boolean suspect) {
        this.suspect = suspect;
    }

    /** Null where it is not served. */
    @Nullable
    Shard shard() {
        return shard.get();
    }

    boolean isServed() {
        return shard.get() != null;
    }

    void put(Shard opened) {
        shard.set(opened);
    }

    /** Takes out the shard; null if there is none. */
    @Nullable
    Shard takeOut() {
        return shard.getAndSet(null);
    }

    /** Takes out this shard; false if somebody else has done it. */
    boolean takeOut(Shard broken) {
        return shard.compareAndSet(broken, null);
    }
}
