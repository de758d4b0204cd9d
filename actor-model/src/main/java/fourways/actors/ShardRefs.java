package fourways.actors;

import fourways.actors.ShardMessage.Arrive;
import fourways.actors.ShardMessage.Serve;
import fourways.actors.ShardMessage.Settle;
import fourways.workload.Peers;
import fourways.workload.Request;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The addresses of all shards, by number: all that clients, and other shards, know of one. An address stays good when
 * its actor is restarted, and is replaced here when the shard gets another actor. Any thread may tell; two messages from one thread or actor to one shard
 * arrive in that order.
 */
record ShardRefs(List<ActorRef<ShardMessage>> all) implements Peers {

    void serve(Request request) {
        all.get(request.shard()).tell(new Serve(request));
    }

    @Override
    public void credit(Credit credit) {
        all.get(credit.destination()).tell(new Arrive(credit));
    }

    @Override
    public void credited(Credited credited) {
        all.get(credited.source()).tell(new Settle(credited));
    }

    /** From now on, whoever tells the shard something tells this actor. */
    void replace(int shard, ActorRef<ShardMessage> successor) {
        all.set(shard, successor);
    }

    void tellAll(ShardMessage message) {
        all.forEach(shard -> shard.tell(message));
    }
}
