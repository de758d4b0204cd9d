package fourways.threads;

import fourways.workload.Request;

/** How many threads of the pool one shard may have: one of the policies in which the variants differ. */
@FunctionalInterface
interface Bulkhead {

    /** As many as there are requests for it, each of which waits for the shard's lock. */
    Bulkhead NONE = (request, shards) -> shards.serve(request);

    /** Has a request served: on this thread, which may serve others as well, or later on another one, if its shard has its share of threads already. */
    void serve(Request request, GuardedShards shards);
}
