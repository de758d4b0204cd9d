package fourways.threads;

import fourways.workload.Command.Transfer;
import fourways.workload.LedgerConfig;
import fourways.workload.Pulse;
import fourways.workload.Request;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A bulkhead (Nygard, "Release It!") around each shard: one thread at a time has its turn there. A request that finds somebody there does not take a thread to wait at the lock. It waits in the shard's
 * queue, and whoever leaves the shard goes on with it. So a shard that is flooded, or whose thread is stuck, has one thread of the pool, and its neighbors have all others.
 *
 * <p><b>Algorithm.</b> A serializing executor for each shard, such as Guava's {@code SequentialExecutor}; but it is entered by a thread of the pool, not on the way to it, so that a request that finds the
 * shard free pays for the turn and for no further hop. Whoever comes adds the request, then tries to take the turn; whoever leaves gives the turn back, then looks at the queue again. Of two who do that at
 * the same time at least one sees the other's (Dekker), so nothing is left behind. After a few requests in a row the thread does what is next in the pool's queue, and the shard queues up behind that: an actor's
 * {@code throughput}.
 *
 * <p><b>Transfers</b> wait at one shard, the destination if there is somebody, and hold nothing meanwhile: if they kept the turn of the other, its requests would wait for both. When it is their turn they take both
 * locks, and may wait for one of them for about as long as a request is served.
 *
 * <p><b>Bounds.</b> Whatever waits has a slot in the admission, or was answered while it waited, and is dropped in its turn.
 *
 * <p>A turn guards nothing, for the locks do. So it can be taken from a thread that does not come back, and if that still is at work then, it costs somebody a wait for the lock. Thread-safe.
 */
final class Turns implements Bulkhead {

    private static final System.Logger LOG = System.getLogger(Turns.class.getName());

    /** Makes up for the hop through the pool's queue, and lets others wait no longer than for so many requests. */
    static final int MAX_IN_A_ROW = 8;

    private final LedgerConfig config;
    private final Executor threads;
    private final List<Turn> turns;

    /** What waits for one shard, and who is there. */
    private static final class Turn {
        private final AtomicReference<@Nullable Thread> holder = new AtomicReference<>();
        private final Queue<Request> waiting = new ConcurrentLinkedQueue<>();

        /** Whether the pool has been asked for a thread to go on, which has not begun yet. */
        private final AtomicBoolean queuedUp = new AtomicBoolean();

        boolean take() {
            return holder.compareAndSet(null, Thread.currentThread());
        }

        /** False, and nothing has happened, if that thread does not have it, or not any more. */
        boolean leave(Thread thread) {
            return holder.compareAndSet(thread, null);
        }

        boolean isAnybodyWaiting() {
            return !waiting.isEmpty();
        }

        boolean isTaken() {
            return holder.get() != null;
        }
    }

    Turns(LedgerConfig config, Executor threads) {
        this.config = config;
        this.threads = threads;
        this.turns = Stream.generate(Turn::new).limit(config.shards()).toList();
    }

    @Override
    public void serve(Request request, GuardedShards shards) {
        int index = whereToWait(request);
        Turn turn = turns.get(index);
        try {
            if (!turn.isAnybodyWaiting() && turn.take()) {
                serveAndLeave(turn, request, shards);
            } else {
                turn.waiting.add(request);
            }
            goOn(turn, shards);
        } finally {
            queueUp(index, shards);
        }
    }

    private int whereToWait(Request request) {
        if (request.command() instanceof Transfer transfer) {
            int destination = config.shardOf(transfer.to());
            Turn other = turns.get(destination);
            return other.isTaken() || other.isAnybodyWaiting() ? destination : request.shard();
        }
        return request.shard();
    }

    private static void serveAndLeave(Turn turn, Request request, GuardedShards shards) {
        try {
            shards.serve(request);
        } finally {
            turn.leave(Thread.currentThread());
        }
    }

    /** Serves some of what waits, unless somebody else does. */
    private static void goOn(Turn turn, GuardedShards shards) {
        for (int served = 0; served < MAX_IN_A_ROW && turn.isAnybodyWaiting() && turn.take(); served++) {
            Request next = turn.waiting.poll();
            if (next == null) {
                // Whoever was there in between has served it.
                turn.leave(Thread.currentThread());
            } else {
                begin(next);
                serveAndLeave(turn, next, shards);
            }
        }
    }

    /** For the watchdog it is another thing than the one before, and has as much time. */
    private static void begin(Request next) {
        Pulse pulse = WatchedPool.pulse();
        if (pulse != null) {
            pulse.begin(next);
        }
    }

    /** If somebody waits, asks the pool for a thread to go on; not if somebody is there, for he will ask when he leaves. */
    private void queueUp(int index, GuardedShards shards) {
        Turn turn = turns.get(index);
        if (!turn.isAnybodyWaiting() || turn.isTaken() || !turn.queuedUp.compareAndSet(false, true)) {
            return;
        }
        try {
            threads.execute(new ShardTask.Tend(index, () -> {
                turn.queuedUp.set(false);
                try {
                    goOn(turn, shards);
                } finally {
                    queueUp(index, shards);
                }
            }));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "closing: what waits for shard " + index + " is answered by that");
        } catch (Throwable e) {
            turn.queuedUp.set(false);
            throw e;
        }
    }

    /** Takes the turns of a thread that does not come back; others go on. Any thread may call it, for it waits for nothing. */
    void giveUp(Thread stuck, GuardedShards shards) {
        for (int index = 0; index < turns.size(); index++) {
            if (turns.get(index).leave(stuck)) {
                queueUp(index, shards);
            }
        }
    }
}
