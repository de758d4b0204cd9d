package fourways.actors;

import fourways.actors.ShardMessage.Arrive;
import fourways.actors.ShardMessage.Open;
import fourways.actors.ShardMessage.Resend;
import fourways.actors.ShardMessage.ResendAll;
import fourways.actors.ShardMessage.RollCall;
import fourways.actors.ShardMessage.Serve;
import fourways.actors.ShardMessage.Settle;
import fourways.workload.Admission;
import fourways.workload.LedgerStore;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.RecoveryLog;
import fourways.workload.RecoveryLog.Step;
import fourways.workload.Request;
import fourways.workload.Shard;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * The actor that owns one shard: the only one that ever touches it, one message at a time.
 *
 * <p><b>It lets it crash.</b> There is no catch around the shard: whatever it throws goes up to the supervisor, which
 * tells this object that it will be replaced ({@link #giveUp}) and starts the behavior anew, which recovers the shard
 * from its journal. Address and mailbox stay: the messages behind the one that failed are handled by the successor.
 *
 * <p><b>One state more.</b> A shard that cannot be recovered leaves an actor that {@link #refuse says so} to everyone.
 * Recovery must not throw itself: the supervisor would try again at once, without end, each attempt on top of the stack
 * of the one before.
 */
final class ShardActor extends AbstractBehavior<ShardMessage> {

    private final ShardRefs shards;
    private final Shard shard;

    /** The request being handled; stays when that throws. */
    private @Nullable Request serving;

    /** Whether a message is being handled; stays when that throws. */
    private boolean handling;

    private ShardActor(ActorContext<ShardMessage> context, ShardRefs shards, Shard shard) {
        super(context);
        this.shards = shards;
        this.shard = shard;
    }

    static Behavior<ShardMessage> create(int index, LedgerStore store, Admission admission) {
        return Behaviors.receive(ShardMessage.class)
                .onMessage(
                        Open.class,
                        open -> Behaviors.supervise(recovered(index, store, admission, open.shards()))
                                .onFailure(SupervisorStrategy.restart()))
                .build();
    }

    private static Behavior<ShardMessage> recovered(
            int index, LedgerStore store, Admission admission, ShardRefs shards) {
        AtomicBoolean again = new AtomicBoolean();
        return Behaviors.setup(context -> {
            context.setLoggerName(ShardActor.class);
            try {
                Shard shard = Shard.open(store, index, shards);
                if (again.getAndSet(true)) {
                    RecoveryLog.shard(Step.REPLAYED, index, "by its actor, restarted");
                }
                return serving(context, shards, shard);
            } catch (RuntimeException e) {
                context.getLog().error("shard {} is not served: {}", index, e.toString());
                admission.suspend(index, "not recovered: " + e.getMessage());
                return Behaviors.receiveMessage(message -> refuse(message, index, admission, e));
            }
        });
    }

    /** The behavior of the one that owns a shard; whatever the shard throws, it throws. */
    static Behavior<ShardMessage> serving(ActorContext<ShardMessage> context, ShardRefs shards, Shard shard) {
        return new ShardActor(context, shards, shard);
    }

    @Override
    public Receive<ShardMessage> createReceive() {
        return newReceiveBuilder()
                .onAnyMessage(this::receive)
                .onSignal(PreRestart.class, signal -> giveUp())
                .onSignal(PostStop.class, signal -> release())
                .build();
    }

    private Behavior<ShardMessage> receive(ShardMessage message) {
        requireWhole(message);
        handling = true;
        switch (message) {
            case Serve m -> serve(m.request());
            case Arrive m -> shard.credit(m.credit());
            case Settle m -> shard.credited(m.credited());
            case Resend m -> shard.resend(m.destination());
            case ResendAll m -> shard.resendAll();
            case RollCall m -> m.replyTo().tell(new Guardian.Present(shard.index(), null));
            case Open m -> throw new IllegalStateException("opened twice");
        }
        handling = false;
        // Not this: it says the same, but the supervisor would build itself anew around it, for each message.
        return Behaviors.same();
    }

    /**
     * A fatal error passes the supervisor by and ends the JVM, but not at once: until then the framework goes on handing
     * this object messages. What they would find may be half changed, and nobody must hear of it; the successor serves.
     */
    private void requireWhole(ShardMessage message) {
        if (handling) {
            getContext().getSelf().tell(message);
            throw new IllegalStateException("the message before this one ended in a fatal error");
        }
    }

    private void serve(Request request) {
        serving = request;
        shard.handle(request.command(), request);
        serving = null;
    }

    /** Before a restart. What is told here is heard by the successor, or answered to it. */
    private Behavior<ShardMessage> giveUp() {
        // The supervisor logs what was thrown, but not whose it was.
        getContext().getLog().warn("shard {} failed and is recovered from its journal", shard.index());
        RecoveryLog.shard(Step.DETECTED, shard.index(), "its actor failed");
        getContext().getSelf().tell(new ResendAll());
        shards.tellAll(new Resend(shard.index()));
        release();
        RecoveryLog.shard(Step.FENCED, shard.index(), "its journal is closed");
        return this;
    }

    private Behavior<ShardMessage> release() {
        if (serving != null) {
            serving.answer(new Indeterminate("the actor of the shard failed while it had this request"));
        }
        shard.close();
        return this;
    }

    /** Instead of {@link #receive}, where there is no shard. */
    static Behavior<ShardMessage> refuse(
            ShardMessage message, int index, Admission admission, RuntimeException failure) {
        switch (message) {
            case Serve m -> m.request().answer(Admission.unavailable("shard " + index + ": " + failure.getMessage()));
            case Arrive m -> admission.strand(m.credit(), "shard " + index + ": " + failure.getMessage());
            case RollCall m -> m.replyTo().tell(new Guardian.Present(index, failure));
            case Settle _, Resend _, ResendAll _, Open _ -> {}
        }
        return Behaviors.same();
    }
}
