package fourways.actors;

import com.typesafe.config.Config;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.dispatch.Dispatcher;
import org.apache.pekko.dispatch.MessageDispatcherConfigurator;
import org.apache.pekko.dispatch.MonitorableThreadFactory;
import scala.concurrent.duration.FiniteDuration;

/**
 * The framework's dispatcher on a {@link ThreadPoolExecutor} of our own, of which the size can be changed while it runs: by another thread for each one that an actor does
 * not give back, up to a bound. So as many threads as there are workers are always there for the actors that do come back.
 *
 * <p>Not thread-safe but for what the framework calls: the pool is resized by {@link Stalls} only.
 */
final class ShardDispatcher extends Dispatcher {

    /** Where the settings name it. */
    static final String ID = "ledger.shards";

    private final int spareThreads;
    private int spared;

    ShardDispatcher(MessageDispatcherConfigurator configurator) {
        super(
                configurator,
                configurator.config().getString("id"),
                configurator.config().getInt("throughput"),
                duration(configurator, "throughput-deadline-time"),
                (id, threads) -> () -> pool(configurator.config(), named(id, threads)),
                duration(configurator, "shutdown-timeout"));
        this.spareThreads = configurator.config().getInt("spare-threads");
    }

    private static FiniteDuration duration(MessageDispatcherConfigurator configurator, String path) {
        return FiniteDuration.apply(configurator.config().getDuration(path).toNanos(), TimeUnit.NANOSECONDS);
    }

    /** As the framework names those of its own pools. */
    private static ThreadFactory named(String id, ThreadFactory threads) {
        return threads instanceof MonitorableThreadFactory factory
                ? factory.withName(factory.name() + "-" + id)
                : threads;
    }

    /** An actor waits for a turn once, and there are more turns than actors: none is ever refused. */
    private static ExecutorService pool(Config config, ThreadFactory threads) {
        int workers = config.getInt("threads");
        BlockingQueue<Runnable> turns = new PatientQueue(config.getInt("turns"));
        return new ThreadPoolExecutor(workers, workers, 0, TimeUnit.NANOSECONDS, turns, threads);
    }

    static ShardDispatcher of(ActorSystem<?> system) {
        return (ShardDispatcher) system.dispatchers().lookup(DispatcherSelector.fromConfig(ID));
    }

    int spareThreads() {
        return spareThreads;
    }

    /** Starts another thread in place of one that is stuck; false if there are as many already as may be. */
    boolean spare() {
        if (spared == spareThreads) {
            return false;
        }
        spared++;
        ThreadPoolExecutor pool = pool();
        pool.setMaximumPoolSize(pool.getCorePoolSize() + 1);
        pool.setCorePoolSize(pool.getCorePoolSize() + 1);
        return true;
    }

    /** A stuck thread is free again, so there is one too many; whichever is idle first ends. */
    void giveBack() {
        spared--;
        ThreadPoolExecutor pool = pool();
        pool.setCorePoolSize(pool.getCorePoolSize() - 1);
        pool.setMaximumPoolSize(pool.getCorePoolSize());
    }

    private ThreadPoolExecutor pool() {
        return (ThreadPoolExecutor) executorService().executor();
    }
}
