package fourways.workload;

/** What becomes of a request that was being served, or in flight, when its shard or that shard's owner failed. Any thread may call it. */
@FunctionalInterface
public interface Blame {

    /** Nothing: it may be sent again, and fail again, for ever. */
    Blame NOBODY = (admission, request) -> {};

    void blame(Admission admission, Request request);
}
