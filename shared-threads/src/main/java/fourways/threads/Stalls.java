package fourways.threads;

import fourways.workload.Admission;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Pulse;
import fourways.workload.RecoveryLog;
import fourways.workload.RecoveryLog.Step;
import fourways.workload.Request;
import fourways.workload.Watchdog;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is done about a thread that has been busy with one thing past the deadline: it gets a substitute, its shards are taken from it and served anew, and it is asked,
 * by an interrupt, to come back. That is all that can be done: it can be neither killed nor kept from burning its core.
 *
 * <p>Except for {@link #begin} and {@link #close}, on the watchdog's thread; none of it waits for a lock or for a disk.
 */
final class Stalls implements Supervision, Watchdog.Listener {

    private static final System.Logger LOG = System.getLogger(Stalls.class.getName());

    private final LedgerConfig config;
    private final Admission admission;
    private final WatchedPool pool;
    private final Turns turns;
    private @Nullable GuardedShards shards;
    private @Nullable Watchdog watchdog;

    /** Whether everything is suspended, because no thread is left. */
    private boolean deserted;

    /** Shards that could not be taken from their thread, and are not served until it comes back. */
    private final Map<Pulse, List<Integer>> awaited = new HashMap<>();

    Stalls(LedgerConfig config, Admission admission, WatchedPool pool, Turns turns) {
        this.config = config;
        this.admission = admission;
        this.pool = pool;
        this.turns = turns;
    }

    @Override
    public void begin(GuardedShards shards) {
        this.shards = shards;
        this.watchdog = Watchdog.start("ledger-watchdog", config.deadlineMillis(), this);
        pool.watch(watchdog);
    }

    @Override
    public void stuck(Pulse pulse, Pulse.Beat beat, long busyMillis) {
        Thread thread = pool.threadOf(pulse);
        Request request = beat.request(admission);
        if (thread == null || !pulse.isAt(beat)) {
            return;
        }
        if (request != null) {
            admission.blame(request);
        }
        List<Integer> held = shards().places().heldBy(thread);
        String reason = thread.getName() + " is stuck with " + held + inDeadlock(thread);
        Throwable place = new Throwable("where " + thread.getName() + " is");
        place.setStackTrace(thread.getStackTrace());
        LOG.log(Level.WARNING, reason + ", for " + busyMillis + " ms so far", place);
        RecoveryLog.shard(Step.DETECTED, beat.shard(), reason);
        replace(pulse, beat.shard());
        held.forEach(index -> suspend(index, reason));
        if (request != null) {
            // Unless that has answered it: it may be stuck where it holds no lock.
            request.answer(new Indeterminate(reason));
        }
        awaited.put(pulse, held.stream().filter(index -> !shards().fence(index)).toList());
        turns.giveUp(thread, shards());
        if (pulse.isAt(beat)) {
            thread.interrupt();
        }
    }

    private String inDeadlock(Thread thread) {
        String circle = Deadlocks.around(
                thread,
                id -> "has shards "
                        + pool.thread(id).map(shards().places()::heldBy).orElse(List.of()));
        return circle == null ? "" : ", in a deadlock: " + circle;
    }

    private void replace(Pulse pulse, int shard) {
        if (pool.stick(pulse)) {
            RecoveryLog.shard(Step.REPLACEMENT_UP, shard, "the pool has a thread in place of " + pulse);
            return;
        }
        String reason = "as many threads are stuck as are replaced, and more: " + pool.stuck();
        LOG.log(Level.ERROR, reason);
        if (!pool.isAnybodyServing()) {
            deserted = true;
            allShards().forEach(index -> suspend(index, "no thread is left to serve it, " + reason));
        }
    }

    private void suspend(int index, String reason) {
        admission.suspend(index, reason);
        admission.answerAll(index, new Indeterminate("shard " + index + ": " + reason));
    }

    @Override
    public void back(Pulse pulse, Pulse.Beat beat, long busyMillis) {
        pool.unstick(pulse);
        LOG.log(Level.INFO, pulse + " is back after " + busyMillis + " ms");
        List<Integer> shardsOfIts = awaited.remove(pulse);
        if (shardsOfIts != null) {
            resume(shardsOfIts.stream());
        }
        if (deserted && pool.isAnybodyServing()) {
            deserted = false;
            resume(allShards().filter(index -> awaited.values().stream().noneMatch(list -> list.contains(index))));
        }
    }

    /** Those that are not there are resumed by their recovery. */
    private void resume(Stream<Integer> indices) {
        indices.filter(shards()::isServed).forEach(admission::resume);
    }

    private Stream<Integer> allShards() {
        return IntStream.range(0, config.shards()).boxed();
    }

    private GuardedShards shards() {
        return Objects.requireNonNull(shards);
    }

    @Override
    public void close() {
        if (watchdog != null) {
            watchdog.close();
        }
    }
}
