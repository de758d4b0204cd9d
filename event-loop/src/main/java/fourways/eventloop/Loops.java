package fourways.eventloop;

import fourways.workload.LedgerOpenException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A Vert.x instance of which each verticle has a context to itself: an event loop of its own, or a queue that worker threads attend to. Thread-safe. */
final class Loops<V extends LoopVerticle> implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Loops.class.getName());

    /** How long {@link #close} waits for each of its two steps: longer than any loop takes that is not stuck. */
    private static final long PATIENCE_MILLIS = 1_000;

    private final Vertx vertx;
    private final List<V> verticles;
    private final String deployment;

    private Loops(Vertx vertx, List<V> verticles, String deployment) {
        this.vertx = vertx;
        this.verticles = verticles;
        this.deployment = deployment;
    }

    /**
     * Returns when every verticle has started. Throws what the first threw that did not; the others are stopped then,
     * and the threads are gone. An interrupt does not cut this short: files would stay open.
     */
    static <V extends LoopVerticle> Loops<V> start(List<V> verticles) {
        Loops<V> loops = start(
                options(verticles.size())
                        // For opening and closing shards, which a verticle does one at a time.
                        .setWorkerPoolSize(verticles.size()),
                new DeploymentOptions(),
                verticles);
        try {
            requireOneOnEach(verticles);
        } catch (RuntimeException e) {
            loops.close();
            throw e;
        }
        return loops;
    }

    /**
     * The same for verticles that worker threads run: any of them any verticle, but never two the same. There is one event loop besides, which they do
     * not use.
     */
    static <V extends LoopVerticle> Loops<V> startOnWorkers(List<V> verticles, int threads) {
        return start(
                options(1).setWorkerPoolSize(threads),
                new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER),
                verticles);
    }

    private static <V extends LoopVerticle> Loops<V> start(
            VertxOptions options, DeploymentOptions deploymentOptions, List<V> verticles) {
        Vertx vertx = Vertx.vertx(options);
        try {
            // As instances of one deployment: Vert.x deals the loops out in turn, and nobody else takes one in between.
            String deployment = vertx.deployVerticle(
                            verticles.iterator()::next, deploymentOptions.setInstances(verticles.size()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            return new Loops<>(vertx, verticles, deployment);
        } catch (RuntimeException e) {
            await(vertx.close());
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new LedgerOpenException("the event loops did not start: " + e.getMessage(), e);
        }
    }

    private static VertxOptions options(int loops) {
        return new VertxOptions()
                .setEventLoopPoolSize(loops)
                // Vert.x itself needs one, once, to close.
                .setInternalBlockingPoolSize(1)
                // By default Vert.x's threads keep the JVM alive: a stuck one would do so for ever.
                .setUseDaemonThread(true)
                // Nothing is read from the class path, so Vert.x needs no folder for temporary copies.
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    /**
     * Vert.x promises that a verticle stays on its loop, but not that it has it for itself. The equal share of each
     * rests on it.
     */
    private static void requireOneOnEach(List<? extends LoopVerticle> verticles) {
        long loops = verticles.stream().map(LoopVerticle::loop).distinct().count();
        if (loops != verticles.size()) {
            throw new IllegalStateException(verticles.size() + " verticles share " + loops + " event loops");
        }
    }

    /** The verticle of a shard. */
    V of(int shard) {
        return verticles.get(Math.floorMod(shard, verticles.size()));
    }

    List<V> all() {
        return verticles;
    }

    /** Begins to stop the verticles and the threads, and does not wait for it: if they are stuck it happens when they come back. */
    Future<Void> end() {
        return onFirstThatAnswers(vertx::close);
    }

    /**
     * Stops the verticles, then the threads. Of a loop that is stuck, its thread stays behind, and Vert.x's that warns
     * of it, until what it is stuck in returns; if all are stuck, all threads do.
     *
     * <p>A worker thread that comes back then may end with a {@link java.util.concurrent.RejectedExecutionException} that nobody can catch: what is still in the queue of its context, which was closed
     * meanwhile, Vert.x's {@code TaskQueue} takes for something that belongs to another pool, and hands it on to this one, which is gone. It does no harm: clients have been answered, the shard has been
     * released, and the thread had nothing else to do.
     */
    @Override
    public void close() {
        // Vert.x undeploys as part of closing, but waits there for ever for a stuck loop, and ends no thread.
        await(onFirstThatAnswers(() -> vertx.undeploy(deployment)));
        await(onFirstThatAnswers(vertx::close));
    }

    /**
     * What one asks of Vert.x it does on the caller's loop, and for a caller that has none on any loop, which may be
     * the one that is stuck. So these things are asked for by loops, namely by the first that comes to it.
     */
    private Future<Void> onFirstThatAnswers(Supplier<Future<Void>> action) {
        AtomicBoolean taken = new AtomicBoolean();
        Promise<Void> done = Promise.promise();
        for (V verticle : verticles) {
            verticle.post(task -> {
                if (taken.compareAndSet(false, true)) {
                    action.get().onComplete(done);
                }
            });
        }
        return done.future();
    }

    /** Waits, but not for ever; an interrupt does not cut it short: threads would stay behind. */
    static void await(Future<?> future) {
        future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .handle((done, failure) -> {
                    if (failure instanceof TimeoutException) {
                        LOG.log(Level.WARNING, "an event loop is stuck and left behind");
                    } else if (failure != null) {
                        LOG.log(Level.WARNING, "an event loop did not end as it should", failure);
                    }
                    return done;
                })
                .join();
    }
}
