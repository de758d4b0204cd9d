package fourways.eventloop;

import fourways.workload.Request;

/**
 * A thread's claim to the shards that are pinned to it. It asks before each thing that it does with one of them, and says when that is done. Called by that thread
 * only.
 */
interface Tenure {

    /** Whether it may serve this request now. If so, {@link #end} follows. */
    boolean begin(Request request);

    /** Whether it may do something else with a shard now. If so, {@link #end} follows. */
    boolean begin(int shard);

    void end();

    /** Of one that keeps its shards whatever happens. */
    Tenure FOR_LIFE = new Tenure() {
        @Override
        public boolean begin(Request request) {
            return true;
        }

        @Override
        public boolean begin(int shard) {
            return true;
        }

        @Override
        public void end() {}
    };
}
