package fourways.threads;

import fourways.workload.Shard;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Where each shard is, with the lock that whoever uses it must hold. A place can be given up for another one, and then it is the former holder of its lock who comes too late. Thread-safe. */
final class ShardPlaces implements AutoCloseable {

    /** How long {@link #close} waits, in all, for locks that a stuck thread may hold for ever. */
    private static final long CLOSE_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final AtomicReferenceArray<GuardedShard> places;

    /** As many as there are shards, none of which is served yet. */
    ShardPlaces(int shards) {
        this.places = new AtomicReferenceArray<>(
                IntStream.range(0, shards).mapToObj(GuardedShard::new).toArray(GuardedShard[]::new));
    }

    /** Where a shard is at present. */
    GuardedShard of(int index) {
        return places.get(index);
    }

    /** The shards whose locks a thread holds at about this moment. */
    List<Integer> heldBy(Thread thread) {
        return IntStream.range(0, places.length())
                .filter(index -> of(index).holder() == thread)
                .boxed()
                .toList();
    }

    /** Takes a shard out and gives up its place, lock and all, for an empty one with a new lock. Null, and all is as it was, if it is not served. */
    @Nullable
    Shard giveUp(int index) {
        Shard late = of(index).takeOut();
        if (late != null) {
            places.set(index, new GuardedShard(index));
        }
        return late;
    }

    /**
     * Takes out every shard, and closes it unless a stuck thread holds its lock. That one is left to the store, which takes its journal away when it is closed next: when the thread comes back it can do
     * no harm.
     */
    @Override
    public void close() {
        long deadlineNanos = System.nanoTime() + CLOSE_PATIENCE_NANOS;
        for (int index = 0; index < places.length(); index++) {
            GuardedShard guarded = of(index);
            boolean locked = lockBefore(deadlineNanos, guarded);
            try {
                Shard shard = guarded.takeOut();
                if (shard != null && locked) {
                    shard.close();
                }
            } finally {
                if (locked) {
                    guarded.unlock();
                }
            }
        }
    }

    private static boolean lockBefore(long deadlineNanos, GuardedShard guarded) {
        try {
            return guarded.tryLock(deadlineNanos - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return guarded.tryLock();
        }
    }
}
