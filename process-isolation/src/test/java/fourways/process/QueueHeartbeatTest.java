package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** With a deadline of 200 ms, and so a look every 10 ms; the time is the test's. */
class QueueHeartbeatTest {

    private static final long LOOK_NANOS = Duration.ofMillis(10).toNanos();

    private long nowNanos = Long.MAX_VALUE - 5 * LOOK_NANOS;
    private final QueueHeartbeat heartbeat = new QueueHeartbeat(200, nowNanos);

    private static final class Worker implements Heartbeat.Patient {
        final List<Frame.Beat> beats = new ArrayList<>();
        final List<String> reasons = new ArrayList<>();
        long waitedNanos;

        @Override
        public void send(Frame.Beat beat) {
            beats.add(beat);
        }

        @Override
        public void hangs(String why) {
            reasons.add(why);
        }

        @Override
        public LongSupplier coreWait() {
            long before = waitedNanos;
            return () -> waitedNanos - before;
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

        look(17);
        assertEquals(List.of(), worker.reasons);
        look(1);

        assertEquals(
                List.of(
                        "has not answered a heartbeat, nor got on, for 170 ms, and has waited for a core for 0 ms of them, and is killed"),
                worker.reasons);
        look(100);
        assertEquals(1, worker.reasons.size());
        assertEquals(2, worker.beats.size(), "and a silent worker is not asked again");
    }

    /** Each of the requests before the beat takes long, but not too long. */
    @Test
    void aWorkerThatGetsOnWithWhatIsBeforeTheBeatDoesNotHangUntilItStops() {
        Worker worker = new Worker();
        Heartbeat.Line line = heartbeat.observe(worker);
        look(1);

        for (int i = 0; i < 100; i++) {
            look(16);
            line.progressed();
        }
        assertEquals(List.of(), worker.reasons);
        look(18);

        assertEquals(1, worker.reasons.size());
        assertEquals(1, worker.beats.size(), "it has not come to the first one yet");
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

    /** Looks so often while others have the worker's core for so much of the time. */
    private void starve(Worker worker, int times, long nanosOfEachLook) {
        for (int i = 0; i < times; i++) {
            worker.waitedNanos += nanosOfEachLook;
            look(1);
        }
    }

    @Test
    void timeInWhichTheWorkerHadNoCoreDoesNotCount() {
        Worker worker = new Worker();
        Heartbeat.Line line = heartbeat.observe(worker);
        look(2);

        starve(worker, 31, LOOK_NANOS / 2);
        assertEquals(List.of(), worker.reasons, "320 ms of silence, for half of which it could not have run");
        line.heard(worker.beats.getLast());
        look(100);

        assertEquals(1, worker.reasons.size(), "and what it waited then is no excuse later");
        assertTrue(worker.reasons.getFirst().contains("for 170 ms"), worker.reasons::getFirst);
    }

    @Test
    void aWorkerThatNeverHasACoreIsKilledAfterFourDeadlinesAllTheSame() {
        Worker worker = new Worker();
        heartbeat.observe(worker);
        look(2);

        starve(worker, 78, 100 * LOOK_NANOS);
        assertEquals(List.of(), worker.reasons);
        starve(worker, 1, 100 * LOOK_NANOS);

        assertEquals(1, worker.reasons.size());
        assertTrue(
                worker.reasons.getFirst().contains("for 800 ms, and has waited for a core for 800 ms"),
                worker.reasons::getFirst);
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
