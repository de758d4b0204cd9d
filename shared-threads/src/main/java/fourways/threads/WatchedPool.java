package fourways.threads;

import fourways.workload.LedgerConfig;
import fourways.workload.Pulse;
import fourways.workload.Watchdog;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A fixed pool whose threads show a {@link Watchdog} what they are busy with, and which starts a thread in place of each that is stuck, up to a bound: those that do
 * come back are one too many, and the pool shrinks again.
 *
 * <p>Thread-safe. The monitor guards who is stuck and who is watched; a thread takes it when it starts and when it ends, never for a request.
 */
final class WatchedPool extends ThreadPoolExecutor {

    /** Each may burn a core and holds a stack; with so many more than wanted, the machine has other troubles than a lack of threads. */
    static final int MAX_STUCK_PER_WORKER = 4;

    private final int workers;
    private final int maxReplaced;
    private final AtomicInteger started = new AtomicInteger();
    private final Map<Pulse, Thread> threads = new LinkedHashMap<>();
    private final Set<Pulse> stuck = new LinkedHashSet<>();
    private @Nullable Watchdog watchdog;

    /** A thread and its pulse. */
    private static final class Watched extends Thread {
        private final WatchedPool pool;
        private final Pulse pulse;

        Watched(WatchedPool pool, Runnable work, String name) {
            super(work, name);
            this.pool = pool;
            this.pulse = new Pulse(name);
            setDaemon(true);
        }

        @Override
        public void run() {
            pool.enter(this);
            try {
                super.run();
            } finally {
                pool.leave(this);
            }
        }
    }

    /** The queue has room for everything that can be admitted, and for what the ledger itself wants done on each shard. */
    WatchedPool(LedgerConfig config) {
        super(
                config.workers(),
                config.workers(),
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(config.shards() * (config.capacity() + ShardTask.MAX_TENDING)));
        this.workers = config.workers();
        this.maxReplaced = MAX_STUCK_PER_WORKER * workers;
        setThreadFactory(work -> new Watched(this, work, "ledger-pool-" + started.getAndIncrement()));
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
        if (task instanceof ShardTask shardTask) {
            shardTask.begin(((Watched) thread).pulse);
        }
    }

    @Override
    protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
        ((Watched) Thread.currentThread()).pulse.end();
    }

    /** That of the current thread; null if it is none of such a pool. */
    static @Nullable Pulse pulse() {
        return Thread.currentThread() instanceof Watched watched ? watched.pulse : null;
    }

    private synchronized void enter(Watched thread) {
        threads.put(thread.pulse, thread);
        if (watchdog != null) {
            watchdog.add(thread.pulse);
        }
    }

    private synchronized void leave(Watched thread) {
        threads.remove(thread.pulse);
        if (watchdog != null) {
            watchdog.remove(thread.pulse);
        }
        unstick(thread.pulse);
    }

    /** Has all threads watched, also those that are started later. */
    synchronized void watch(Watchdog watchdog) {
        this.watchdog = watchdog;
        threads.keySet().forEach(watchdog::add);
    }

    /** Null if it has ended. */
    synchronized @Nullable Thread threadOf(Pulse pulse) {
        return threads.get(pulse);
    }

    /** The thread of that id, if it is one of the pool. */
    synchronized Optional<Thread> thread(long id) {
        return threads.values().stream()
                .filter(thread -> thread.threadId() == id)
                .findFirst();
    }

    /** Starts a thread in place of a stuck one. False if there are as many in place of others as there may be: then there is one less to serve. */
    synchronized boolean stick(Pulse pulse) {
        stuck.add(pulse);
        resize();
        return stuck.size() <= maxReplaced;
    }

    /** Takes the thread that was started in its place back, unless another stuck one needs it. Does nothing if it was not stuck. */
    synchronized void unstick(Pulse pulse) {
        if (stuck.remove(pulse)) {
            resize();
        }
    }

    synchronized boolean isAnybodyServing() {
        return stuck.size() < workers + maxReplaced;
    }

    /** For people: which are. */
    synchronized String stuck() {
        return stuck.toString();
    }

    private void resize() {
        int size = workers + Math.min(stuck.size(), maxReplaced);
        // Never more wanted than allowed, not even for a moment: that is refused.
        if (size > getMaximumPoolSize()) {
            setMaximumPoolSize(size);
            setCorePoolSize(size);
        } else {
            setCorePoolSize(size);
            setMaximumPoolSize(size);
        }
    }
}
