package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With a deadline of 200 ms, and so a look every 10 ms; the time is the test's. */
class QueueHeartbeatTest {

    private static final long LOOK_NANOS = Duration.ofMillis(10).toNanos();

    private long nowNanos = Long.MAX_VALUE - 5 * LOOK_NANOS;
    private final QueueHeartbeat heartbeat = new QueueHeartbeat(200, nowNanos);

    private static final class Worker implements Heartbeat.Patient {
        final List<Frame.Beat> beats = new ArrayList<>();
        final List<String> reasons = new ArrayList<>();

        @Override
        public void send(Frame.Beat beat) {
            beats.add(beat);
        }

        @Override
        public void hangs(String why) {
            reasons.add(why);
        }
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            nowNanos += LOOK_NANOS;
            heartbeat.look(nowNanos);
        }
    }

    @Test
    void aWorkerThatAnswersIsAskedAgainAndAgain() {
        Worker worker = new Worker();
        Heartbeat.Line line = heartbeat.observe(worker);

        for (int i = 0; i < 100; i++) {
            look(1);
            line.heard(worker.beats.getLast());
        }

        assertEquals(100, worker.beats.stream().distinct().count());
        assertEquals(List.of(), worker.reasons);
    }

    @Test
    void aWorkerThatFallsSilentJustAfterALookHangsWithinTheDeadlineAndIsToldOnce() {
        Worker worker = new Worker();
        Heartbeat.Line line = heartbeat.observe(worker);
        look(1);
        line.heard(worker.beats.getLast());

        look(18);
        assertEquals(List.of(), worker.reasons);
        look(1);

        assertEquals(List.of("has not answered a heartbeat for 180 ms, and is killed"), worker.reasons);
        look(100);
        assertEquals(1, worker.reasons.size());
        assertEquals(2, worker.beats.size(), "and a silent worker is not asked again");
    }

    @Test
    void anAnswerToAnEarlierBeatIsNone() {
        Worker worker = new Worker();
        Heartbeat.Line line = heartbeat.observe(worker);
        look(1);
        line.heard(worker.beats.getFirst());
        look(1);

        line.heard(worker.beats.getFirst());
        look(18);

        assertEquals(1, worker.reasons.size());
    }

    @Test
    void timeInWhichTheSupervisorItselfStoodStillCountsForNobody() {
        Worker worker = new Worker();
        heartbeat.observe(worker);
        look(1);

        nowNanos += Duration.ofHours(1).toNanos();
        look(15);

        assertEquals(List.of(), worker.reasons);
    }

    @Test
    void whoIsNotObservedAnyMoreDoesNotHang() {
        Worker worker = new Worker();
        Heartbeat.Line line = heartbeat.observe(worker);
        look(1);

        line.close();
        look(100);

        assertTrue(worker.reasons.isEmpty());
    }
}
