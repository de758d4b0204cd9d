package fourways.process;

/** Those for whom the supervisor works: they know what is in flight. Called by the thread that supervises the worker in question; never blocks. */
interface Clients {

    /** A worker has answered. */
    void answered(Frame.Answer answer);

    /** A worker serves its shards, for the first time or again. */
    void serving(int worker);

    /** A worker is lost, and so is everything it had in flight. Its shards are refused from now on, with this reason. */
    void lost(int worker, String reason);

    /** A lost worker is not replaced, or not for a while: money on its way there does not arrive soon. Its shards are refused with this reason. */
    void abandoned(int worker, String reason);
}
