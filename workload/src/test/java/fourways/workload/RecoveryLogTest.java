package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.RecoveryLog.Line;
import fourways.workload.RecoveryLog.Step;
import org.junit.jupiter.api.Test;

final class RecoveryLogTest {

    @Test
    void everyStepIsReadAsItWasSaid() {
        for (Step step : Step.values()) {
            String line = RecoveryLog.line(step, "shard=7", "it threw an exception");

            assertEquals(new Line(step, "shard=7", "it threw an exception"), RecoveryLog.parse(line));
        }
    }

    @Test
    void lineHasTheWordsThatWerePromised() {
        assertEquals(
                "RECOVERY replacement-up worker=4711 started",
                RecoveryLog.line(Step.REPLACEMENT_UP, "worker=4711", "started"));
        assertEquals("RECOVERY killed worker=4711", RecoveryLog.line(Step.KILLED, "worker=4711", ""));
    }

    @Test
    void whateverElseIsSaidIsNoSuchLine() {
        assertNull(RecoveryLog.parse("WARNING: shard 7 failed and is recovered"));
        assertNull(RecoveryLog.parse("RECOVERY enjoyed shard=7"));
        assertNull(RecoveryLog.parse("RECOVERY replayed shard=all"));
        assertNull(RecoveryLog.parse("NORECOVERY replayed shard=1"));
        assertNull(RecoveryLog.parse("RECOVERY replayed shard="));
        assertNull(RecoveryLog.parse("RECOVERY replayed"));
        assertNull(RecoveryLog.parse(""));
    }

    @Test
    void detailOfSeveralLinesBecomesOneAndIsCut() {
        String line = RecoveryLog.line(Step.DETECTED, "shard=7", "first\nsecond\u001b[31m " + "x".repeat(1_000));

        assertTrue(line.startsWith("RECOVERY detected shard=7 first second [31m xxx"), line);
        assertFalse(line.contains("\n"));
        assertTrue(line.length() < 350, "cut at " + line.length());
    }
}
