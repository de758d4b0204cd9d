package fourways.threads;

import fourways.workload.Request;

/** What is done about a shard that failed: one of the policies in which the variants differ. Calls about one shard come one after the other. */
interface Recovery extends AutoCloseable {

    /** This request was being served when its shard failed; it has not been answered yet. */
    void blame(Request request);

    /** The shard has been taken out of service, and its journal closed. The attempt opens it anew; it may run on this thread. */
    void failed(int shard, Runnable attempt);

    /** An attempt was in vain. */
    void notOpened(int shard, Throwable cause, Runnable attempt);

    /** An attempt went well: the shard is about to be served. */
    void opened(int shard);

    /** Has something done that cannot be done now, because a shard's lock is not to be had. */
    void later(int shard, Runnable task);

    @Override
    void close();
}
