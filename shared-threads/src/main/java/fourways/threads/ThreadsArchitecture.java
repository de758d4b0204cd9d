package fourways.threads;

import fourways.workload.Architecture;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerOpenException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Shared memory and locks: {@code plain} with a fixed pool of threads, {@code virtual} with a virtual thread for each request. */
public final class ThreadsArchitecture implements Architecture {

    private static final String PLAIN = "plain";
    private static final String VIRTUAL = "virtual";

    @Override
    public String name() {
        return "shared-threads";
    }

    @Override
    public List<String> variants() {
        return List.of(PLAIN, VIRTUAL);
    }

    @Override
    public Ledger open(LedgerConfig config) {
        return new ThreadsLedger(config, executor(config));
    }

    @Override
    public Ledger openFloor(LedgerConfig config) {
        return new ThreadsFloor(config, executor(config));
    }

    private ExecutorService executor(LedgerConfig config) {
        return switch (config.variant()) {
            case PLAIN -> pool(config);
            // One thread a request, so their number is bounded by the admission.
            case VIRTUAL ->
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("ledger-virtual-", 0).factory());
            default ->
                throw new LedgerOpenException(
                        "variant is '" + config.variant() + "', allowed for " + name() + " are " + variants());
        };
    }

    /** The queue has room for everything that can be admitted, so nothing is ever rejected while the pool runs. */
    private static ExecutorService pool(LedgerConfig config) {
        return new ThreadPoolExecutor(
                config.workers(),
                config.workers(),
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(config.shards() * config.capacity()),
                Thread.ofPlatform().daemon().name("ledger-pool-", 0).factory());
    }
}
