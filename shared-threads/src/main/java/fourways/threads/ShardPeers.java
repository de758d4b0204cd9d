package fourways.threads;

import fourways.workload.Admission;
import fourways.workload.LedgerConfig;
import fourways.workload.Peers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Brings what shards say to each other, by calling the other one under its lock, on the same thread.
 *
 * <p>As a rule that thread holds both locks already, those of a transfer. In {@code DISK} mode it is the thread that forces journals, which holds none. What cannot be said, because a lock is not to be had
 * in time, is owed to that shard, and sent again later with everything else there is to say.
 */
final class ShardPeers implements Peers {

    private final GuardedShards shards;
    private final Admission admission;
    private final Chores chores;
    private final Duration delay;

    /** 1 where something could not be said to a shard, until it is said again. */
    private final AtomicIntegerArray owed;

    ShardPeers(LedgerConfig config, GuardedShards shards, Admission admission, Chores chores) {
        this.shards = shards;
        this.admission = admission;
        this.chores = chores;
        this.delay = Duration.ofMillis(config.deadlineMillis());
        this.owed = new AtomicIntegerArray(config.shards());
    }

    // What a shard says while it is being replaced is dropped, for it is sent again afterwards, and here no second lock
    // may be taken.

    @Override
    public void credit(Credit credit) {
        if (shards.isServed(credit.source()) && !shards.guard(credit.destination(), shard -> shard.credit(credit))) {
            admission.strand(credit, "shard " + credit.destination() + " is not served");
        }
    }

    @Override
    public void credited(Credited credited) {
        if (shards.isServed(credited.destination())) {
            shards.guard(credited.source(), shard -> shard.credited(credited));
        }
    }

    /** Something could not be said to a shard. */
    void owe(int shard) {
        if (owed.compareAndSet(shard, 0, 1)) {
            chores.later(shard, delay, () -> reconcile(shard));
        }
    }

    /** Sends again what was under way between a shard, which may have been recovered, and each other one. */
    void reconcile(int shard) {
        owed.set(shard, 0);
        for (int peer = 0; peer < owed.length(); peer++) {
            int low = Math.min(shard, peer);
            int high = Math.max(shard, peer);
            shards.guard(low, lower -> {
                shards.guard(high, higher -> higher.resend(low));
                lower.resend(high);
            });
        }
    }
}
