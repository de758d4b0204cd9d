package fourways.actors;

import fourways.actors.ShardMessage.Serve;
import fourways.workload.Admission;
import fourways.workload.Pulse;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.TypedActorContext;

/**
 * Stands between the supervisor of a shard's actor and its behavior: shows when it is busy, blames the request at hand if it fails, and makes ordinary
 * failures of errors that the framework would end the JVM for without need.
 *
 * <p><b>What is fatal.</b> To the framework, every {@link VirtualMachineError} and {@link LinkageError}. But a stack overflow says something about one call, and a class that
 * cannot be linked about those who want it; the shard that was at it is thrown away and recovered, like after an exception. The other errors of the virtual
 * machine, such as an {@link OutOfMemoryError}, may strike any thread at any place, the framework's own included: they stay fatal.
 */
final class ShardWard extends BehaviorInterceptor<ShardMessage, ShardMessage> {

    private final Tenure tenure;
    private final Pulse pulse;
    private final Admission admission;

    ShardWard(Tenure tenure, Admission admission) {
        super(ShardMessage.class);
        this.tenure = tenure;
        this.pulse = tenure.pulse();
        this.admission = admission;
    }

    @Override
    public Behavior<ShardMessage> aroundReceive(
            TypedActorContext<ShardMessage> context, ShardMessage message, ReceiveTarget<ShardMessage> target) {
        if (message instanceof Serve serve) {
            pulse.begin(serve.request());
        } else {
            pulse.begin(tenure.shard());
        }
        try {
            return target.apply(context, message);
        } catch (RuntimeException e) {
            blame(message);
            throw e;
        } catch (StackOverflowError | LinkageError | AssertionError e) {
            blame(message);
            throw new IllegalStateException("contained: " + e, e);
        } finally {
            pulse.end();
        }
    }

    private void blame(ShardMessage message) {
        if (tenure.fail() && message instanceof Serve serve) {
            admission.blame(serve.request());
        }
    }
}
