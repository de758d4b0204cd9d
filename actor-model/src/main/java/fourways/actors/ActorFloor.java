package fourways.actors;

import fourways.workload.Admission;
import fourways.workload.Command;
import fourways.workload.Command.Locate;
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

/** The bare hop of {@code actor-model}: a tell to the actor of the shard, which completes the future in the message. */
final class ActorFloor implements Ledger {

    private static final Accepted NOTHING = new Accepted(0);

    /** Longer than it takes to spawn the actors, and to answer all that is in their mailboxes. */
    private static final long PATIENCE_SECONDS = 5;

    private record Hop(Command command, CompletableFuture<Outcome> answer) {}

    private final LedgerConfig config;
    private final ActorSystem<Void> system;
    private final List<ActorRef<Hop>> shards;
    private volatile boolean closed;

    ActorFloor(LedgerConfig config, Policies policies) {
        this.config = config;
        CompletableFuture<List<ActorRef<Hop>>> spawned = new CompletableFuture<>();
        this.system = ActorSystems.start(guardian(config, spawned), config, policies.settings());
        this.shards = spawned.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    private static Behavior<Void> guardian(LedgerConfig config, CompletableFuture<List<ActorRef<Hop>>> spawned) {
        return Behaviors.setup(context -> {
            spawned.complete(IntStream.range(0, config.shards())
                    .mapToObj(index -> context.spawn(shard(), "shard-" + index, ActorSystems.SHARD))
                    .toList());
            return Behaviors.empty();
        });
    }

    private static Behavior<Hop> shard() {
        return Behaviors.receiveMessage(hop -> {
            hop.answer().complete(NOTHING);
            return Behaviors.same();
        });
    }

    @Override
    public CompletableFuture<Outcome> submit(Command command) {
        CompletableFuture<Outcome> answer = send(command);
        if (closed) {
            // Looked at after sending: either close() finds the message in the mailbox before its own, or this sees
            // that it began.
            answer.complete(Admission.unavailable("the floor is closed"));
        }
        return answer;
    }

    private CompletableFuture<Outcome> send(Command command) {
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        shards.get(config.shardOf(command)).tell(new Hop(command, answer));
        return answer;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            // A mailbox is a queue: what was sent before these is answered before these.
            CompletableFuture<?>[] last = IntStream.range(0, shards.size())
                    .mapToObj(shard -> send(new Locate(0, shard)))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(last)
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
            ActorSystems.stop(system);
        }
    }
}
