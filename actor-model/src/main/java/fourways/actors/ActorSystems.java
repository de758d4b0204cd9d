package fourways.actors;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import fourways.workload.LedgerConfig;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.event.slf4j.Slf4jLogger;
import org.slf4j.LoggerFactory;

/** Starts and stops actor systems: {@code ledger.conf} says how they are set up, and why. */
final class ActorSystems {

    private static final System.Logger LOG = System.getLogger(ActorSystems.class.getName());

    /** Where the actors of shards run, and how they are reached. */
    static final Props SHARD =
            Props.empty().withDispatcherFromConfig(ShardDispatcher.ID).withMailboxFromConfig("ledger.mailbox");

    /**
     * Longer than any actor takes to end that is not stuck, also where each shard's journal is forced to a slow disk.
     */
    private static final long STOP_PATIENCE_SECONDS = 3;

    /** Tells the threads of several ledgers in one JVM apart. */
    private static final AtomicInteger COUNT = new AtomicInteger();

    /**
     * Of the framework's bridge to the application's logging, which would announce itself at each start. Held here, or
     * its level would be forgotten.
     */
    private static final Logger BRIDGE = Logger.getLogger(Slf4jLogger.class.getName());

    /** Would warn, with a stack, that the executor of virtual threads cannot measure a load, which nobody asks it for. */
    private static final Logger DISPATCHERS = Logger.getLogger("org.apache.pekko.dispatch");

    static {
        BRIDGE.setLevel(Level.WARNING);
        DISPATCHERS.setLevel(Level.SEVERE);
        // On one thread, once: actors of several threads whose first words meet here would be told so on stderr.
        var _ = LoggerFactory.getILoggerFactory();
    }

    private ActorSystems() {}

    /** The file is that of the variant. */
    static <T> ActorSystem<T> start(Behavior<T> guardian, LedgerConfig config, String file) {
        return ActorSystem.create(guardian, "ledger-" + COUNT.incrementAndGet(), settings(config, file));
    }

    private static Config settings(LedgerConfig config, String file) {
        Map<String, Integer> values = Map.of(
                "ledger.workers", config.workers(),
                "ledger.turns", turns(config),
                "ledger.spare-threads", spareThreads(config),
                "ledger.mailbox.mailbox-capacity", mailboxCapacity(config));
        return ConfigFactory.parseMap(values)
                .withFallback(parse(file))
                .withFallback(parse("ledger.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
    }

    private static Config parse(String file) {
        return ConfigFactory.parseResources(
                ActorSystems.class, file, ConfigParseOptions.defaults().setAllowMissing(false));
    }

    /** How many actors may wait for a thread: each shard's once, and as many again for those that have been replaced and come back. */
    private static int turns(LedgerConfig config) {
        return 2 * config.shards() + 64;
    }

    /** How many stuck threads are made up for at the same time: each holds memory, and may use a core. */
    static int spareThreads(LedgerConfig config) {
        return 2 * config.workers();
    }

    /**
     * As many messages as one shard can be sent at once: the requests that the admission lets in; from each shard as
     * many credits as its outbox holds, twice the capacity; as many acknowledgements of its own; and a few words from
     * each shard when one of them restarts. Only shards that are restarted over and over, and send everything again
     * each time, come near it.
     */
    private static int mailboxCapacity(LedgerConfig config) {
        return 2 * config.capacity() * (config.shards() + 2) + 2 * config.shards();
    }

    /** Ends all actors and threads of a system. An actor that is stuck keeps its thread, a daemon, and with it the rest. */
    static void stop(ActorSystem<?> system) {
        system.terminate();
        try {
            system.getWhenTerminated().toCompletableFuture().get(STOP_PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.log(System.Logger.Level.WARNING, system.name() + " has not ended: an actor does not come back");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(system.name() + " ended with a failure", e);
        }
    }
}
