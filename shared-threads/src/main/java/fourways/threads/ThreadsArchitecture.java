package fourways.threads;

import fourways.workload.Admission;
import fourways.workload.Architecture;
import fourways.workload.Endurance;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerOpenException;
import fourways.workload.Restarts;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Shared memory and locks: {@code plain} with a fixed pool of threads, {@code virtual} with a virtual thread for each request, {@code hardened} with a pool that is watched and
 * replaces threads that are stuck, and of which one shard has one thread at a time.
 */
public final class ThreadsArchitecture implements Architecture {

    private static final String PLAIN = "plain";
    private static final String VIRTUAL = "virtual";
    private static final String HARDENED = "hardened";

    @Override
    public String name() {
        return "shared-threads";
    }

    @Override
    public List<String> variants() {
        return List.of(PLAIN, VIRTUAL, HARDENED);
    }

    @Override
    public Ledger open(LedgerConfig config) {
        Admission admission = new Admission(config);
        return new ThreadsLedger(config, admission, policies(config, admission));
    }

    @Override
    public Ledger openFloor(LedgerConfig config) {
        return new ThreadsFloor(config, policies(config, new Admission(config)).threads());
    }

    @Override
    public Endurance endurance(LedgerConfig config) {
        return config.variant().equals(HARDENED)
                ? Endurance.ofOneProcess(WatchedPool.MAX_STUCK_PER_WORKER * config.workers())
                : Endurance.ofExceptions();
    }

    private Policies policies(LedgerConfig config, Admission admission) {
        return switch (config.variant()) {
            case PLAIN -> Policies.plain(pool(config));
            case VIRTUAL -> Policies.plain(threadPerRequest());
            case HARDENED -> Policies.hardened(config, admission, () -> Restarts.usual(config));
            default ->
                throw new LedgerOpenException(
                        "variant is '" + config.variant() + "', allowed for " + name() + " are " + variants());
        };
    }

    /** Their number is bounded by the admission. */
    private static ExecutorService threadPerRequest() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("ledger-virtual-", 0).factory());
    }

    /** The queue has room for everything that can be admitted, so nothing is ever rejected while the pool runs. */
    private static ExecutorService pool(LedgerConfig config) {
        return new ThreadPoolExecutor(
                config.workers(),
                config.workers(),
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(config.shards() * (config.capacity() + ShardTask.MAX_TENDING)),
                Thread.ofPlatform().daemon().name("ledger-pool-", 0).factory());
    }
}
