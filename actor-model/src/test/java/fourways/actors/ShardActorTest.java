package fourways.actors;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import fourways.actors.ShardMessage.Arrive;
import fourways.actors.ShardMessage.Open;
import fourways.actors.ShardMessage.Resend;
import fourways.actors.ShardMessage.Serve;
import fourways.actors.ShardMessage.Settle;
import fourways.workload.Admission;
import fourways.workload.Command;
import fourways.workload.Command.Sabotage;
import fourways.workload.Command.Transfer;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerStore;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Peers.Credit;
import fourways.workload.Peers.Credited;
import fourways.workload.Request;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The actor of shard 1 of two, with the test in the place of the other: what it tells, word by word. */
final class ShardActorTest {

    @TempDir
    Path directory;

    private final BlockingQueue<ShardMessage> heard = new ArrayBlockingQueue<>(100);
    private LedgerStore store;
    private Admission admission;
    private ActorSystem<Void> system;
    private ActorRef<ShardMessage> shard;

    @BeforeEach
    void open() {
        FailureLog.silence();
        LedgerConfig config = LedgerConfig.in(directory).withAccounts(10, 2);
        CompletableFuture<ActorRef<ShardMessage>> spawned = new CompletableFuture<>();
        store = LedgerStore.open(config);
        admission = new Admission(config);
        system = ActorSystems.start(
                Behaviors.setup(context -> {
                    ActorRef<ShardMessage> test = context.spawn(
                            Behaviors.receiveMessage(message -> {
                                heard.add(message);
                                return Behaviors.same();
                            }),
                            "test");
                    ActorRef<ShardMessage> actor =
                            context.spawn(ShardActor.create(1, store, admission), "shard-1", ActorSystems.SHARD);
                    actor.tell(new Open(new ShardRefs(List.of(test, actor))));
                    spawned.complete(actor);
                    return Behaviors.empty();
                }),
                config,
                Policies.plain().settings());
        shard = spawned.orTimeout(20, SECONDS).join();
    }

    @AfterEach
    void close() {
        ActorSystems.stop(system);
        store.close();
    }

    @Test
    void afterARestartItSendsItsOutboxAgainAndAsksForWhatItMayHaveMissed() throws InterruptedException {
        Request transfer = serve(new Transfer(1, 3, 4, 50));
        Credit credit = new Credit(1, 0, 1, 1, 3, 4, 50);
        assertEquals(new Arrive(credit), heard.poll(20, SECONDS));

        Request sabotage = serve(new Sabotage(2, 1, "exception"));

        assertInstanceOf(Indeterminate.class, answer(sabotage));
        assertInstanceOf(Indeterminate.class, answer(transfer), "who waits is told at once");
        assertEquals(new Resend(1), heard.poll(20, SECONDS));
        assertEquals(new Arrive(credit), heard.poll(20, SECONDS), "from the journal");
    }

    @Test
    void itAcknowledgesAgainWhatItHasCreditedBeforeARestart() throws InterruptedException {
        Credit credit = new Credit(0, 1, 1, 1, 4, 3, 50);
        shard.tell(new Arrive(credit));
        assertEquals(new Settle(new Credited(0, 1, 1)), heard.poll(20, SECONDS));

        Request sabotage = serve(new Sabotage(2, 1, "exception"));
        shard.tell(new Arrive(credit));

        assertInstanceOf(Indeterminate.class, answer(sabotage));
        assertEquals(new Resend(1), heard.poll(20, SECONDS));
        assertEquals(new Settle(new Credited(0, 1, 1)), heard.poll(20, SECONDS));
        assertEquals(new Outcome.Accepted(100_050), answer(serve(new Command.ReadBalance(3, 3))), "once");
    }

    private Request serve(Command command) {
        Request request = admission.admit(command);
        shard.tell(new Serve(request));
        return request;
    }

    private static Outcome answer(CompletableFuture<Outcome> future) {
        return future.orTimeout(20, SECONDS).join();
    }
}
