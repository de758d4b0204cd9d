package fourways.eventloop;

import fourways.workload.Shard;
import org.jspecify.annotations.Nullable;

/** A loop that was stuck, and is still needed for something: it has not come back, or has not been replaced. Touched by the supervisor's thread only. */
final class Stall {

    final WatchedLoop loop;

    /** The one that it is stuck in. */
    final int shard;

    final String reason;

    /** What it is stuck in, if that can be recovered: nobody may use it any more. */
    @Nullable
    Shard late;

    /** Another loop has its shards. */
    boolean replaced;

    /** Nobody serves its shards. */
    boolean vacated;

    boolean back;

    Stall(WatchedLoop loop, int shard, String reason) {
        this.loop = loop;
        this.shard = shard;
        this.reason = reason;
    }

    boolean isOver() {
        return back && replaced;
    }

    boolean isLeftBehind() {
        return replaced && !back;
    }
}
