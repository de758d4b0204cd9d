package fourways.actors;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** How the actors of shards are brought up, and what becomes of those that fail or do not come back. */
interface Supervision {

    /** The behavior of a shard's first actor. */
    Behavior<ShardMessage> shard(int index);

    /** Called once by the guardian, when it has spawned all shards and has not told them anything yet. */
    void begin(ActorContext<Guardian.Message> guardian, ShardRefs shards);
}
