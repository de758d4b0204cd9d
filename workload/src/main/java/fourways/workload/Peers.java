package fourways.workload;

/**
 * How a shard reaches the others: the one thing in which the architectures differ. Implementations bring each message to the owner of the shard it
 * names, which calls {@link Shard#credit} or {@link Shard#credited}. Messages between one pair of shards arrive in the order in which they were sent, or not
 * at all: what is lost with a failing owner is sent again when it has recovered. Neither method blocks. Called by whichever thread runs the shard and, in {@link
 * JournalMode#DISK}, by the thread that forces the journals.
 */
public interface Peers {

    /** Brings money to {@code credit.destination()}. */
    void credit(Credit credit);

    /** Brings the acknowledgement to {@code credited.source()}. */
    void credited(Credited credited);

    /** Money on its way between two shards: the {@code number}-th of all that {@code source} ever sent to {@code destination}, counted from 1. */
    record Credit(int source, int destination, long number, long id, int from, int to, long amountCents) {}

    /** Says that {@code destination} holds everything {@code source} sent it up to and including {@code number}. */
    record Credited(int source, int destination, long number) {}
}
