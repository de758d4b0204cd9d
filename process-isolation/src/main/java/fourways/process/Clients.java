package fourways.process;

/** Those for whom the supervisor works: they know what is in flight. Called by the thread that supervises the worker in question; never blocks. */
interface Clients {

    /** A worker has answered. */
    void answered(Frame.Answer answer);

    /** A worker is at work, for the first time or again: every shard of its has been resumed or suspended. */
    void serving(int worker);

    /** A shard is served, for the first time or again. */
    void resumed(int shard);

    /**
     * A shard is not served any more, by a worker that serves others. It is refused from now on, with this reason; what it had in flight has been answered.
     *
     * @param givenUp whether money on its way there does not arrive soon
     */
    void suspended(int shard, String reason, boolean givenUp);

    /** A worker is lost, and so is everything it had in flight. Its shards are refused from now on, with this reason. */
    void lost(int worker, String reason);

    /** A lost worker is not replaced, or not for a while: money on its way there does not arrive soon. Its shards are refused with this reason. */
    void abandoned(int worker, String reason);
}
