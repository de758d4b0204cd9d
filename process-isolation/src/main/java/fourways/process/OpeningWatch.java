package fourways.process;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Cuts off a worker that has been told to open its shards and gives no news of that for too long. News is a shard more that is open, or that cannot be: so the bound need not know how many
 * there are, only how long the largest journal may take.
 *
 * <p>Whoever is cut off is killed by the thread of its seat, like all that lose their connection.
 */
final class OpeningWatch implements AutoCloseable {

    private final Connection connection;
    private final Duration patience;
    private volatile long newsNanos = System.nanoTime();
    private volatile boolean over;

    private OpeningWatch(Connection connection, Duration patience) {
        this.connection = connection;
        this.patience = patience;
    }

    static OpeningWatch start(Connection connection, Duration patience) {
        OpeningWatch watch = new OpeningWatch(connection, patience);
        watch.lookIn(patience.toNanos());
        return watch;
    }

    void news() {
        newsNanos = System.nanoTime();
    }

    /** A look that is still to come when all is over comes in vain. */
    private void lookIn(long nanos) {
        CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS).execute(this::look);
    }

    private void look() {
        long leftNanos = newsNanos + patience.toNanos() - System.nanoTime();
        if (!over && leftNanos > 0) {
            lookIn(leftNanos);
        } else if (!over) {
            connection.cutOff("has opened no shard for " + patience.toMillis() + " ms, and is killed");
        }
    }

    /** There is nothing more to be opened. */
    @Override
    public void close() {
        over = true;
    }
}
