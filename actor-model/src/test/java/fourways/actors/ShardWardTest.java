package fourways.actors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fourways.actors.ShardMessage.Serve;
import fourways.workload.Admission;
import fourways.workload.Command.ReadBalance;
import fourways.workload.LedgerConfig;
import fourways.workload.Pulse.Beat;
import fourways.workload.Request;
import fourways.workload.Restarts;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor.ReceiveTarget;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the errors of a shard's actor, and who is blamed. */
@SuppressWarnings("NullAway") // No actor, so no context, which the ward hands on and does not look at.
final class ShardWardTest {

    private final Admission admission = new Admission(LedgerConfig.inMemory());
    private final Tenure tenure = Tenure.first(7, Restarts.atOnce());
    private final ShardWard ward = new ShardWard(tenure, admission);
    private final Request request = admission.admit(new ReadBalance(1, 7));

    @ParameterizedTest
    @ValueSource(classes = {StackOverflowError.class, NoClassDefFoundError.class, AssertionError.class})
    void whatSaysSomethingAboutOneCallIsContained(Class<? extends Error> type) throws Exception {
        Error error = type.getConstructor().newInstance();

        IllegalStateException contained = assertThrows(IllegalStateException.class, () -> receive(error));

        assertSame(error, contained.getCause());
        assertEquals(2, admission.blame(request), "it has a strike already");
    }

    @ParameterizedTest
    @ValueSource(classes = {OutOfMemoryError.class, InternalError.class})
    void whatSaysSomethingAboutTheWholeJvmStaysFatal(Class<? extends Error> type) throws Exception {
        Error error = type.getConstructor().newInstance();

        assertSame(error, assertThrows(type, () -> receive(error)));
    }

    @Test
    void theActorIsBusyWithTheRequestUntilItFails() {
        List<Beat> seen = new ArrayList<>();

        assertThrows(
                IllegalStateException.class,
                () -> ward.aroundReceive(null, new Serve(request), new Target(() -> {
                    Beat beat = tenure.pulse().beat();
                    assertNotNull(beat);
                    seen.add(beat);
                    throw new IllegalStateException();
                })));

        assertSame(request, seen.getFirst().request(admission));
        assertNull(tenure.pulse().beat());
    }

    @Test
    void nobodyIsBlamedForTheFailureOfAnActorThatWasFencedOff() {
        tenure.revoke();

        assertThrows(IllegalStateException.class, () -> receive(new StackOverflowError()));

        assertEquals(1, admission.blame(request));
    }

    private void receive(Error error) {
        ward.aroundReceive(null, new Serve(request), new Target(() -> {
            throw error;
        }));
    }

    private record Target(Runnable action) implements ReceiveTarget<ShardMessage> {
        @Override
        public Behavior<ShardMessage> apply(TypedActorContext<?> context, ShardMessage message) {
            action.run();
            return Behaviors.same();
        }

        @Override
        public void signalRestart(TypedActorContext<?> context) {}
    }
}
