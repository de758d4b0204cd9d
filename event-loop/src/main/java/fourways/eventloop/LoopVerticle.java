package fourways.eventloop;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A verticle that can be sent tasks. Every one of them runs on the verticle's event loop: the one thread it is pinned
 * to for life.
 */
class LoopVerticle extends VerticleBase {

    private static final System.Logger LOG = System.getLogger(LoopVerticle.class.getName());

    private volatile @Nullable Thread loop;

    @Override
    public Future<?> start() throws Exception {
        loop = Thread.currentThread();
        context.exceptionHandler(e -> LOG.log(Level.ERROR, "a task on an event loop failed", e));
        return super.start();
    }

    /** The thread of the loop, or for a worker the one that happened to start it; null before the verticle has started. */
    final @Nullable Thread loop() {
        return loop;
    }

    /**
     * Puts a task onto the loop; any thread may, once the verticle has started. The task never runs at once, not even
     * where the caller is the loop, and the tasks of one caller run in the order in which they were put there. False if
     * the loop has ended, and the ledger with it.
     */
    final boolean post(Handler<Void> task) {
        try {
            context.runOnContext(task);
            return true;
        } catch (RejectedExecutionException loopHasEnded) {
            return false;
        }
    }

    /**
     * Runs what reads or writes files, and so may block, on a worker thread: one at a time of each verticle, in the
     * order in which they were given. The future completes on the loop.
     */
    final Future<?> offLoop(Runnable blocking) {
        return context.executeBlocking(() -> {
            blocking.run();
            return "done";
        });
    }

    /** Runs a task on the loop after a delay; at once if there is none. For the loop. */
    final void after(Duration delay, Runnable task) {
        if (delay.isZero()) {
            task.run();
        } else {
            vertx.setTimer(Math.max(1, delay.toMillis()), timer -> task.run());
        }
    }
}
