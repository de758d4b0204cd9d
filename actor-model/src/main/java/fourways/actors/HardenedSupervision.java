package fourways.actors;

import fourways.actors.ShardMessage.Open;
import fourways.actors.ShardMessage.Resend;
import fourways.actors.ShardMessage.ResendAll;
import fourways.workload.Admission;
import fourways.workload.JournalMode;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerStore;
import fourways.workload.RecoveryLog;
import fourways.workload.RecoveryLog.Step;
import fourways.workload.Restarts;
import fourways.workload.Restarts.Decision;
import fourways.workload.Shard;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The best that can be done for a shard from inside the JVM: an actor that fails is restarted with backoff, and one that does not come back is fenced off and
 * replaced by another.
 *
 * <p><b>States of an actor.</b> It serves; or it has failed too often for the moment, or could not open the shard, and pauses: then newcomers are refused at the gate,
 * and what it finds in its mailbox is refused here. They are not stashed: who waits for a shard that may take seconds to return had better know at once. Or its {@link Tenure} is over, and it
 * drops what is left in its mailbox and stops.
 */
final class HardenedSupervision implements Supervision {

    private final LedgerStore store;
    private final Admission admission;
    private final List<Tenure> first;

    HardenedSupervision(LedgerStore store, Admission admission, Supplier<Restarts> restarts) {
        this.store = store;
        this.admission = admission;
        this.first = IntStream.range(0, store.config().shards())
                .mapToObj(index -> Tenure.first(index, restarts.get()))
                .toList();
    }

    @Override
    public Behavior<ShardMessage> shard(int index) {
        return Behaviors.receive(ShardMessage.class)
                .onMessage(Open.class, open -> supervised(first.get(index), open.shards()))
                .build();
    }

    @Override
    public void begin(ActorContext<Guardian.Message> guardian, ShardRefs shards) {
        guardian.spawn(Stalls.create(this, admission, shards, first), "stalls");
    }

    /** Whether another actor can do better than the one that is stuck. */
    boolean canReplace() {
        return store.config().journal() != JournalMode.MEMORY;
    }

    LedgerConfig config() {
        return store.config();
    }

    /** The behavior of the actor that takes a shard over from one that is stuck. */
    Behavior<ShardMessage> successor(Tenure before, Tenure tenure, ShardRefs shards) {
        return Behaviors.setup(context -> {
            RecoveryLog.shard(Step.REPLACEMENT_UP, tenure.shard(), tenure.name() + " in place of " + before.name());
            before.revoke();
            RecoveryLog.shard(Step.FENCED, tenure.shard(), "the journal of " + before.name() + " is closed");
            tenure.fail();
            context.getSelf().tell(new ResendAll());
            shards.tellAll(new Resend(tenure.shard()));
            return supervised(tenure, shards);
        });
    }

    /** The interceptor is inside: what it makes of an error is what the supervisor sees. */
    private Behavior<ShardMessage> supervised(Tenure tenure, ShardRefs shards) {
        return Behaviors.supervise(Behaviors.intercept(
                        () -> new ShardWard(tenure, admission), Behaviors.<ShardMessage>setup(context -> {
                            context.setLoggerName(ShardActor.class);
                            return started(context, tenure, shards);
                        })))
                .onFailure(SupervisorStrategy.restart());
    }

    private Behavior<ShardMessage> started(ActorContext<ShardMessage> context, Tenure tenure, ShardRefs shards) {
        if (tenure.isOver()) {
            return leaving(context, tenure, shards);
        }
        return switch (tenure.decision()) {
            case Decision.Restart restart when restart.delay().isZero() -> opened(context, tenure, shards);
            case Decision decision -> pausing(context, tenure, shards, decision, "it has failed again");
        };
    }

    private Behavior<ShardMessage> opened(ActorContext<ShardMessage> context, Tenure tenure, ShardRefs shards) {
        try {
            Shard shard = Shard.open(store, tenure.shard(), shards);
            if (tenure.begin(shard)) {
                if (tenure.hasFailed()) {
                    RecoveryLog.shard(Step.REPLAYED, tenure.shard(), "by " + tenure.name());
                }
                admission.resume(tenure.shard());
                return ShardActor.serving(context, shards, shard);
            }
        } catch (RuntimeException e) {
            context.getLog().error("shard {} is not served: {}", tenure.shard(), e.toString());
            if (tenure.failToStart()) {
                return pausing(
                        context, tenure, shards, tenure.decision(), "it could not be recovered: " + e.getMessage());
            }
        }
        return leaving(context, tenure, shards);
    }

    private Behavior<ShardMessage> pausing(
            ActorContext<ShardMessage> context, Tenure tenure, ShardRefs shards, Decision decision, String cause) {
        return switch (decision) {
            case Decision.Restart(Duration delay) -> pausing(context, tenure, shards, delay, cause);
            case Decision.GiveUp giveUp when giveUp.isForGood() -> refusing(context, tenure, shards, cause);
            case Decision.GiveUp(Duration pause) -> pausing(context, tenure, shards, pause, cause);
        };
    }

    private Behavior<ShardMessage> pausing(
            ActorContext<ShardMessage> context, Tenure tenure, ShardRefs shards, Duration delay, String cause) {
        context.scheduleOnce(delay, context.getSelf(), new Open(shards));
        return refusing(context, tenure, shards, cause + "; tried again in " + delay.toMillis() + " ms");
    }

    /** Until it is told to open the shard, if ever. */
    private Behavior<ShardMessage> refusing(
            ActorContext<ShardMessage> context, Tenure tenure, ShardRefs shards, String reason) {
        context.getLog().warn("shard {} is refused: {}", tenure.shard(), reason);
        admission.suspend(tenure.shard(), reason);
        RuntimeException failure = new IllegalStateException(reason);
        return Behaviors.receiveMessage(message -> {
            if (message instanceof Open) {
                context.getSelf().tell(new ResendAll());
                shards.tellAll(new Resend(tenure.shard()));
                return tenure.isOver() ? leaving(context, tenure, shards) : opened(context, tenure, shards);
            }
            return ShardActor.refuse(message, tenure.shard(), admission, failure);
        });
    }

    /** Of an actor that came back too late. Another one serves the shard, and has been sent again what is found in this mailbox. */
    private Behavior<ShardMessage> leaving(ActorContext<ShardMessage> context, Tenure tenure, ShardRefs shards) {
        context.getLog().warn("{} came back too late: it has no say any more, and stops", tenure.name());
        RuntimeException failure = new IllegalStateException("its actor has been replaced");
        // Behind everything else in the mailbox.
        context.getSelf().tell(new Open(shards));
        return Behaviors.receiveMessage(message -> message instanceof Open
                ? Behaviors.stopped()
                : ShardActor.refuse(message, tenure.shard(), admission, failure));
    }
}
