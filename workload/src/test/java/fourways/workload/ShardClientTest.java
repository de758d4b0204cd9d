package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How the fate of a shard is told: each fate by what leads to it, and what only looks like it. */
class ShardClientTest {

    private static final Outcome OK = new Accepted(1);
    private static final Outcome REFUSED = Admission.unavailable("it is being recovered");
    private static final Outcome NOBODY_KNOWS = new Indeterminate("it died");
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ShardClient client = new ShardClient();
    private long nowNanos = Long.MAX_VALUE - SECOND;
    private long nextId;

    private void answers(Outcome outcome, long nanos) {
        for (long end = nanos / STEP_NANOS; end > 0; end--) {
            client.sent(nextId, nowNanos);
            nowNanos += STEP_NANOS;
            client.answered(nextId++, outcome, nowNanos);
        }
    }

    private Fate fate() {
        return client.fate(nowNanos);
    }

    @Test
    void whoeverWasAlwaysAnsweredWellIsUnharmed() {
        answers(OK, 3 * SECOND);

        assertEquals(Fate.UNHARMED, fate());
    }

    @Test
    void oneRefusalOrOneDoubtfulAnswerIsAnInterruption() {
        answers(OK, 3 * SECOND);
        answers(NOBODY_KNOWS, STEP_NANOS);
        assertEquals(Fate.UNSETTLED, fate());
        answers(OK, 3 * SECOND);
        assertEquals(Fate.INTERRUPTED, fate());

        client.begin();
        assertEquals(Fate.UNHARMED, fate(), "forgotten");
        answers(REFUSED, STEP_NANOS);
        answers(OK, 3 * SECOND);
        assertEquals(Fate.INTERRUPTED, fate());
    }

    @Test
    void aLateAnswerIsAnInterruptionAndAMissingOneToo() {
        client.sent(-1, nowNanos);
        answers(OK, ShardClient.SOON_NANOS - STEP_NANOS);
        assertEquals(Fate.UNHARMED, fate());
        answers(OK, STEP_NANOS);
        assertEquals(Fate.INTERRUPTED, fate(), "missing, while others are answered");

        client.answered(-1, OK, nowNanos);
        answers(OK, 3 * SECOND);
        assertEquals(Fate.INTERRUPTED, fate(), "late");
    }

    @Test
    void whoIsRefusedForLongEnoughIsRefusedAndNotJustRestarting() {
        answers(OK, SECOND);
        answers(REFUSED, ShardClient.REFUSED_NANOS - STEP_NANOS);
        assertEquals(Fate.UNSETTLED, fate());
        assertTrue(client.wasRefused());

        answers(REFUSED, SECOND);

        assertEquals(Fate.REFUSED, fate());
    }

    @Test
    void doubtfulAnswersForEverAreNoFateAtAll() {
        answers(NOBODY_KNOWS, 10 * SECOND);

        assertEquals(Fate.UNSETTLED, fate());
        assertFalse(client.wasRefused());
    }

    @Test
    void whoIsNotAnsweredIsSilentAndBeforeThatUncertain() {
        answers(OK, 3 * SECOND);
        client.sent(-1, nowNanos);

        nowNanos += ShardClient.RECENTLY_NANOS + 1;
        assertEquals(Fate.UNSETTLED, fate());
        nowNanos += ShardClient.SOON_NANOS - ShardClient.RECENTLY_NANOS - 1;
        assertEquals(Fate.SILENT, fate());

        client.answered(-1, OK, nowNanos);
        assertEquals(Fate.UNSETTLED, fate(), "one answer, and a late one");
    }

    @Test
    void whoIsAskedNothingIsNotSilent() {
        answers(OK, 3 * SECOND);

        nowNanos += 10 * SECOND;

        assertEquals(Fate.UNSETTLED, fate());
    }

    @Test
    void aFewGoodAnswersAreNotEnoughHoweverLongTheyTook() {
        for (int i = 1; i < ShardClient.RUN; i++) {
            nowNanos += ShardClient.WELL_NANOS / 5;
            answers(OK, STEP_NANOS);
        }
        assertEquals(Fate.UNSETTLED, fate());

        answers(OK, STEP_NANOS);

        assertEquals(Fate.UNHARMED, fate());
    }
}
