package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.ReadBalance;
import fourways.workload.Outcome.Accepted;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PulseTest {

    private final Admission admission =
            new Admission(LedgerConfig.inMemory().withAccounts(40, 4).withCapacity(3));

    private final Pulse pulse = new Pulse("loop-1");

    @Test
    void aNewPulseIsIdle() {
        assertNull(pulse.beat());
        assertEquals("loop-1", pulse.owner());
    }

    @Test
    void aBeatSaysWhichRequestIsBeingServed() {
        Request request = admission.admit(new ReadBalance(Long.MIN_VALUE + 1, 7));

        pulse.begin(request);

        Pulse.Beat beat = beatOf(pulse);
        assertEquals(3, beat.shard());
        assertEquals(request.slot(), beat.slot());
        assertEquals(Long.MIN_VALUE + 1, beat.id());
        assertSame(request, beat.request(admission));
        request.answer(new Accepted(0));
        assertNull(beat.request(admission), "it has been answered");
    }

    @Test
    void aBeatThatIsNoRequestHasNone() {
        var _ = admission.admit(new ReadBalance(0, 2));

        pulse.begin(2);

        Pulse.Beat beat = beatOf(pulse);
        assertEquals(2, beat.shard());
        assertEquals(Request.NO_SLOT, beat.slot());
        assertNull(beat.request(admission));
    }

    @Test
    void anOwnerIsAtABeatUntilItEnds() {
        pulse.begin(1);
        Pulse.Beat beat = beatOf(pulse);

        assertTrue(pulse.isAt(beat));
        pulse.end();

        assertFalse(pulse.isAt(beat));
        assertNull(pulse.beat());
    }

    @Test
    void everyBeatIsAnotherOneAlsoWhereTheEndWasForgotten() {
        pulse.begin(1);
        Pulse.Beat first = beatOf(pulse);
        pulse.begin(1);
        Pulse.Beat second = beatOf(pulse);

        assertNotEquals(first, second);
        assertFalse(pulse.isAt(first));
        pulse.end();
        pulse.end();
        assertNull(pulse.beat(), "an end too many begins nothing");
    }

    @Test
    void aStepFurtherIsAnotherBeatOfTheSameThing() {
        Request request = admission.admit(new ReadBalance(5, 2));
        pulse.begin(request);
        Pulse.Beat first = beatOf(pulse);

        pulse.advance();

        Pulse.Beat second = beatOf(pulse);
        assertFalse(pulse.isAt(first));
        assertEquals(new Pulse.Beat(second.number(), first.shard(), first.slot(), first.id()), second);
        pulse.end();
        pulse.advance();
        assertNull(pulse.beat(), "of nothing there is no step");
    }

    @Test
    void whoReadsWhileTheOwnerIsAtWorkNeverSeesHalfOfTwoBeats() throws InterruptedException {
        AtomicBoolean enough = new AtomicBoolean();
        Thread owner = Thread.ofPlatform().daemon().start(() -> {
            for (int id = 0; !enough.get(); id++) {
                Request request = admission.admit(new ReadBalance(id, id & 3));
                pulse.begin(request);
                pulse.end();
                request.answer(new Accepted(0));
            }
        });
        try {
            long giveUpNanos = System.nanoTime() + 20_000_000_000L;
            int seen = 0;
            while (seen < 100_000 && System.nanoTime() < giveUpNanos) {
                Pulse.Beat beat = pulse.beat();
                if (beat != null) {
                    seen++;
                    assertEquals(beat.id() & 3, beat.shard(), beat::toString);
                    // The owner begins with number 1 and id 0, and goes on in steps of 2 and 1.
                    assertEquals(2 * beat.id() + 1, beat.number(), beat::toString);
                }
            }
            assertTrue(seen > 0, "the owner was never seen at work");
        } finally {
            enough.set(true);
            owner.join();
        }
    }

    private static Pulse.Beat beatOf(Pulse pulse) {
        Pulse.Beat beat = pulse.beat();
        assertNotNull(beat);
        return beat;
    }
}
