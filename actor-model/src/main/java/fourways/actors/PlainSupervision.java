package fourways.actors;

import fourways.workload.Admission;
import fourways.workload.LedgerStore;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** The framework's: an actor that fails is restarted at once. One that does not come back is not noticed. */
record PlainSupervision(LedgerStore store, Admission admission) implements Supervision {

    @Override
    public Behavior<ShardMessage> shard(int index) {
        return ShardActor.create(index, store, admission);
    }

    @Override
    public void begin(ActorContext<Guardian.Message> guardian, ShardRefs shards) {}
}
