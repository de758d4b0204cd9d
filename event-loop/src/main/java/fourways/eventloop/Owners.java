package fourways.eventloop;

import java.util.List;

/** Who has which shard. Thread-safe. */
interface Owners extends AutoCloseable {

    /** Who has this shard at present. */
    Owner of(int shard);

    List<? extends Owner> all();

    /** Closes the shards and ends the threads, but for what is stuck: that comes back to no shard. */
    @Override
    void close();
}
