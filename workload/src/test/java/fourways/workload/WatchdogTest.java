package fourways.workload;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class WatchdogTest {

    private static final int DEADLINE_MILLIS = 100;
    private static final long INTERVAL_MILLIS = 20;

    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private final Pulse pulse = new Pulse("loop-1");

    /** Without its thread: the test looks. */
    private final Watchdog watchdog = new Watchdog("watchdog", DEADLINE_MILLIS, new Hearing(), 0);

    private long nowMillis;

    private final class Hearing implements Watchdog.Listener {
        @Override
        public void stuck(Pulse pulse, Pulse.Beat beat, long busyMillis) {
            heard.add(pulse + " stuck on " + beat.shard() + " for " + busyMillis);
        }

        @Override
        public void back(Pulse pulse, Pulse.Beat beat, long busyMillis) {
            heard.add(pulse + " back from " + beat.shard() + " after " + busyMillis);
        }
    }

    private void lookFor(long millis) {
        for (long end = nowMillis + millis; nowMillis < end; ) {
            nowMillis += INTERVAL_MILLIS;
            watchdog.look(MILLISECONDS.toNanos(nowMillis));
        }
    }

    @Test
    void anOwnerThatIsBusyForTooLongIsNamedOnceAndOnceMoreWhenItComesBack() {
        watchdog.add(pulse);
        pulse.begin(7);

        lookFor(100);
        assertEquals(List.of(), heard, "the first look did not see how long it had been busy before");
        lookFor(20);
        assertEquals(List.of("loop-1 stuck on 7 for 100"), heard);
        lookFor(1_000);
        assertEquals(1, heard.size(), "once");
        pulse.end();
        lookFor(1_000);

        assertEquals(List.of("loop-1 stuck on 7 for 100", "loop-1 back from 7 after 1120"), heard);
    }

    @Test
    void whoGoesOnFromOneThingToTheNextIsNotStuckHoweverBusy() {
        watchdog.add(pulse);
        for (int i = 0; i < 100; i++) {
            pulse.begin(7);
            lookFor(80);
            pulse.end();
        }

        assertEquals(List.of(), heard);
    }

    @Test
    void whoDoesNothingIsNotStuck() {
        watchdog.add(pulse);
        pulse.begin(7);
        pulse.end();

        lookFor(10_000);

        assertEquals(List.of(), heard);
    }

    @Test
    void itCanBeStuckAgainAndAlsoWithoutAPauseInBetween() {
        watchdog.add(pulse);
        pulse.begin(1);
        lookFor(140);
        pulse.begin(2);

        lookFor(140);

        assertEquals(
                List.of("loop-1 stuck on 1 for 100", "loop-1 back from 1 after 140", "loop-1 stuck on 2 for 100"),
                heard);
    }

    @Test
    void timeInWhichTheWatchdogItselfStoodStillCountsForNobody() {
        watchdog.add(pulse);
        pulse.begin(7);
        lookFor(40);

        nowMillis += 60_000;
        lookFor(20);

        assertEquals(List.of(), heard, "the whole JVM had been stopped");
        lookFor(60);
        assertEquals(List.of("loop-1 stuck on 7 for 100"), heard);
    }

    @Test
    void pulsesComeAndGo() {
        Pulse other = new Pulse("loop-2");
        watchdog.add(pulse);
        watchdog.add(other);
        pulse.begin(1);
        lookFor(140);
        watchdog.remove(pulse);
        pulse.end();
        other.begin(2);

        lookFor(140);

        assertEquals(List.of("loop-1 stuck on 1 for 100", "loop-2 stuck on 2 for 100"), heard);
    }

    @Test
    void thereIsABoundToThem() {
        for (int i = 0; i < Watchdog.MAX_PULSES; i++) {
            watchdog.add(new Pulse("pulse-" + i));
        }

        assertThrows(IllegalStateException.class, () -> watchdog.add(pulse));
    }

    @Test
    void aListenerThatThrowsIsToldTheNextThing() {
        Watchdog unlucky = new Watchdog(
                "watchdog",
                DEADLINE_MILLIS,
                new Watchdog.Listener() {
                    @Override
                    public void stuck(Pulse pulse, Pulse.Beat beat, long busyMillis) {
                        heard.add("stuck");
                        throw new AssertionError("thrown on purpose");
                    }

                    @Override
                    public void back(Pulse pulse, Pulse.Beat beat, long busyMillis) {
                        heard.add("back");
                    }
                },
                0);
        unlucky.add(pulse);
        pulse.begin(1);
        for (int i = 1; i <= 10; i++) {
            unlucky.look(MILLISECONDS.toNanos(i * INTERVAL_MILLIS));
        }
        pulse.end();
        unlucky.look(MILLISECONDS.toNanos(11 * INTERVAL_MILLIS));

        assertEquals(List.of("stuck", "back"), heard);
    }

    @Test
    void aRunningOneLooksByItself() {
        try (Watchdog running = Watchdog.start("watchdog-test-running", 20, new Hearing())) {
            running.add(pulse);
            pulse.begin(3);
            Awaitility.await().atMost(20, SECONDS).until(() -> heard.size() == 1);
            pulse.end();
            Awaitility.await().atMost(20, SECONDS).until(() -> heard.size() == 2);
        }

        assertTrue(heard.getFirst().startsWith("loop-1 stuck on 3 for "), heard::toString);
        assertTrue(heard.getLast().startsWith("loop-1 back from 3 after "), heard::toString);
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("watchdog-test-running")));
    }
}
