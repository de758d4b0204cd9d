package fourways.actors;

import fourways.workload.Peers.Credit;
import fourways.workload.Peers.Credited;
import fourways.workload.Request;
import org.apache.pekko.actor.typed.ActorRef;

/** What the actor of a shard can be told; nobody reaches a shard in any other way. */
sealed interface ShardMessage {

    /** From the ledger: a request of this shard that was admitted. The answer goes into the request. */
    record Serve(Request request) implements ShardMessage {}

    /** From another shard: money. */
    record Arrive(Credit credit) implements ShardMessage {}

    /** From another shard: it holds the money that this one sent. */
    record Settle(Credited credited) implements ShardMessage {}

    /** From a shard that restarted: it may have missed what was sent to it. */
    record Resend(int destination) implements ShardMessage {}

    /**
     * From the guardian when all shards are open, or from itself after a restart: everyone may have missed what was
     * sent.
     */
    record ResendAll() implements ShardMessage {}

    /** From the guardian, the first message of all: where the other shards are. Opens the shard. */
    record Open(ShardRefs shards) implements ShardMessage {}

    /** From the guardian: asks whether the shard is served. */
    record RollCall(ActorRef<Guardian.Present> replyTo) implements ShardMessage {}
}
