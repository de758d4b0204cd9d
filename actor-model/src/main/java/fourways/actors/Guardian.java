package fourways.actors;

import fourways.actors.ShardMessage.Open;
import fourways.actors.ShardMessage.ResendAll;
import fourways.actors.ShardMessage.RollCall;
import fourways.actors.ShardMessage.Serve;
import fourways.workload.Admission;
import fourways.workload.LedgerOpenException;
import fourways.workload.Request;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * The root of the actor system and parent of all shards. It opens them, says when all are served, and from then on
 * answers the requests that could not be delivered. It does not supervise: each shard's behavior is wrapped in its
 * supervisor (see {@link Supervision}), and the guardian does not even hear of a restart.
 *
 * <p>Its mailbox is the framework's default and has no bound of its own: what reaches it holds a slot of the admission,
 * or a place in an outbox, until it is answered here.
 */
final class Guardian extends AbstractBehavior<Guardian.Message> {

    /** What the guardian can be told. */
    sealed interface Message {}

    /** A shard is served; or it is not, and this is why. */
    record Present(int shard, @Nullable RuntimeException failure) implements Message {}

    /** A message found its actor stopped or its mailbox full. */
    record Undelivered(DeadLetter letter) implements Message {}

    private final ShardRefs shards;
    private final CompletableFuture<ShardRefs> opened;
    private int absent;

    private Guardian(
            ActorContext<Message> context, int shards, Supervision supervision, CompletableFuture<ShardRefs> opened) {
        super(context);
        this.shards = new ShardRefs(IntStream.range(0, shards)
                .mapToObj(index -> context.spawn(supervision.shard(index), "shard-" + index, ActorSystems.SHARD))
                // One in which an address can be replaced while others read it.
                .collect(Collectors.toCollection(CopyOnWriteArrayList::new)));
        this.opened = opened;
        this.absent = shards;
        // The classic way, which takes effect at once: the typed one is a message, and what is not delivered before it
        // has
        // been read would never be answered.
        Adapter.toClassic(context.getSystem())
                .eventStream()
                .subscribe(
                        Adapter.toClassic(context.messageAdapter(DeadLetter.class, Undelivered::new)),
                        DeadLetter.class);
        supervision.begin(context, this.shards);
        this.shards.tellAll(new Open(this.shards));
        this.shards.tellAll(new RollCall(context.getSelf().narrow()));
    }

    /** The future hears the addresses of all shards once they are served, or a {@link LedgerOpenException}. */
    static Behavior<Message> create(int shards, Supervision supervision, CompletableFuture<ShardRefs> opened) {
        return Behaviors.setup(context -> new Guardian(context, shards, supervision, opened));
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::receive).build();
    }

    private Behavior<Message> receive(Message message) {
        switch (message) {
            case Present present -> count(present);
            case Undelivered undelivered -> answer(undelivered.letter());
        }
        return this;
    }

    private void count(Present present) {
        absent--;
        RuntimeException failure = present.failure();
        if (failure instanceof LedgerOpenException) {
            opened.completeExceptionally(failure);
        } else if (failure != null) {
            opened.completeExceptionally(
                    new LedgerOpenException("shard " + present.shard() + ": " + failure.getMessage(), failure));
        } else if (absent == 0) {
            // Not earlier: what reaches a shard before it is open is lost.
            shards.tellAll(new ResendAll());
            opened.complete(shards);
        }
    }

    private void answer(DeadLetter letter) {
        if (letter.message() instanceof Serve serve) {
            Request request = serve.request();
            request.answer(Admission.unavailable(
                    "the actor of shard " + request.shard() + " has stopped, or its mailbox is full"));
        } else {
            getContext().getLog().warn("not delivered to {}: {}", letter.recipient(), letter.message());
        }
    }
}
