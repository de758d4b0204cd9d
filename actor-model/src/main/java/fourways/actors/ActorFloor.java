package fourways.actors;

import fourways.workload.Admission;
import fourways.workload.Command;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The bare hop of {@code actor-model}: a tell to the actor of the shard, which completes the message. */
final class ActorFloor implements Ledger {

    private static final Accepted NOTHING = new Accepted(0);

    /** Longer than it takes to spawn the actors, and to answer all that is in their mailboxes. */
    private static final long PATIENCE_SECONDS = 5;

    private final LedgerConfig config;
    private final ActorSystem<Void> system;
    private final List<ActorRef<CompletableFuture<Outcome>>> shards;
    private volatile boolean closed;

    ActorFloor(LedgerConfig config) {
        this.config = config;
        CompletableFuture<List<ActorRef<CompletableFuture<Outcome>>>> spawned = new CompletableFuture<>();
        this.system = ActorSystems.start(guardian(config, spawned), config);
        this.shards = spawned.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    private static Behavior<Void> guardian(
            LedgerConfig config, CompletableFuture<List<ActorRef<CompletableFuture<Outcome>>>> spawned) {
        return Behaviors.setup(context -> {
            spawned.complete(IntStream.range(0, config.shards())
                    .mapToObj(index -> context.spawn(shard(), "shard-" + index, ActorSystems.MAILBOX))
                    .toList());
            return Behaviors.empty();
        });
    }

    private static Behavior<CompletableFuture<Outcome>> shard() {
        return Behaviors.receiveMessage(answer -> {
            answer.complete(NOTHING);
            return Behaviors.same();
        });
    }

    @Override
    public CompletableFuture<Outcome> submit(Command command) {
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        shards.get(config.shardOf(command)).tell(answer);
        if (closed) {
            // Looked at after the message was sent: either close() finds it in the mailbox before its own, or this sees
            // that it began.
            answer.complete(Admission.unavailable("the floor is closed"));
        }
        return answer;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            // A mailbox is a queue: what was sent before these is answered before these.
            CompletableFuture<?>[] last = new CompletableFuture<?>[shards.size()];
            for (int index = 0; index < last.length; index++) {
                CompletableFuture<Outcome> answer = new CompletableFuture<>();
                shards.get(index).tell(answer);
                last[index] = answer;
            }
            CompletableFuture.allOf(last)
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
            ActorSystems.stop(system);
        }
    }
}
