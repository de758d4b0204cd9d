package fourways.threads;

import fourways.workload.Pulse;
import fourways.workload.Request;

/** What a thread of the pool is given to do. */
sealed interface ShardTask extends Runnable {

    /** More than the ledger wants done on one shard at a time: to close it, to open it, to send again what was under way, and to go on with what waits for its turn. */
    int MAX_TENDING = 8;

    /** Shows on the pulse of the thread that does it what it is going to do. */
    void begin(Pulse pulse);

    /** Serves a request. */
    record Serve(Request request, GuardedShards shards, Bulkhead bulkhead) implements ShardTask {
        @Override
        public void begin(Pulse pulse) {
            pulse.begin(request);
        }

        @Override
        public void run() {
            bulkhead.serve(request, shards);
        }
    }

    /** Does something that the ledger wants done on a shard. */
    record Tend(int shard, Runnable work) implements ShardTask {
        @Override
        public void begin(Pulse pulse) {
            pulse.begin(shard);
        }

        @Override
        public void run() {
            work.run();
        }
    }
}
