package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.report.FaultCell.Timeline;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an observed trial is worth. */
final class FindingTest {

    private static final Contender A = new Contender(new UnopenedArchitecture("a"), "plain");
    private static final Punctuality PUNCTUAL = new Punctuality(3, 0);
    private static final Punctuality LATE = new Punctuality(700, 0.3);

    @Test
    void trialThatNothingSpeaksAgainstIsValid() {
        Finding finding = Finding.of(spec("kill"), observed("proof", PUNCTUAL, 0, List.of()));

        assertEquals(Status.VALID, finding.status());
        assertNull(finding.reason());
    }

    @Test
    void whatSpeaksAgainstEitherOfTwoInTurnsSpeaksAgainstTheTrial() {
        Measured good = measured(null, List.of());
        Measured silent = measured("9 requests were not served", List.of());
        Measured lost = measured(null, List.of("LOST 1: id 7"));

        assertEquals(Status.VALID, inTurns(good, good).status());
        assertEquals("9 requests were not served", inTurns(good, silent).reason());
        assertEquals("LOST 1: id 7", inTurns(silent, lost).reason());
        assertTrue(inTurns(lost, good).isViolated());
        assertTrue(inTurns(good, lost).isViolated());
        assertFalse(inTurns(good, silent).isViolated());
    }

    private static Finding inTurns(Measured subject, Measured yardstick) {
        return Finding.of(new PairMeasurement(subject, yardstick, List.of(1.0)));
    }

    private static Measured measured(@Nullable String unserved, List<String> violations) {
        Results.Parity parity = new Results.Parity("a", "plain", 1, 1, 4, 20, 1_024, List.of(), List.of());
        return new Measured(1, 1, 1, 1, unserved, 1, violations, parity);
    }

    @Test
    void lateObserverMakesTheTrialInvalidWhateverItSaw() {
        Finding finding = Finding.of(spec("kill"), observed("proof", LATE, 0, List.of()));

        assertEquals(Status.INVALID, finding.status());
        assertTrue(String.valueOf(finding.reason()).startsWith("observer late"), finding.reason());
    }

    @Test
    void lateObserverMakesTheControlInvalidToo() {
        assertEquals(
                Status.INVALID,
                Finding.of(spec(null), observed(null, LATE, 0, List.of())).status());
        assertEquals(
                Status.VALID,
                Finding.of(spec(null), observed(null, PUNCTUAL, 0, List.of())).status());
    }

    @Test
    void unsteadyStartMakesTheTrialInvalid() {
        Finding finding = Finding.of(spec("kill"), observed("proof", PUNCTUAL, 2, List.of()));

        assertEquals(Status.INVALID, finding.status());
        assertEquals("not steady before the fault: 2 requests were not ok", finding.reason());
    }

    @Test
    void faultWithoutProofDidNotFire() {
        Finding finding = Finding.of(spec("kill"), observed(null, PUNCTUAL, 0, List.of()));

        assertEquals(Status.INVALID, finding.status());
        assertTrue(String.valueOf(finding.reason()).startsWith("did not fire"), finding.reason());
    }

    @Test
    void lostCommandIsGraverThanALateObserver() {
        Finding finding =
                Finding.of(spec("kill"), observed("proof", LATE, 2, List.of("LOST 1 times", "MONEY 1 times")));

        assertEquals("LOST 1 times; and 1 more", finding.reason());
        assertTrue(finding.isViolated());
    }

    private static TrialSpec.Observed spec(@Nullable String fault) {
        return new TrialSpec.Observed(A, fault, 1, Effort.SMOKE);
    }

    private static FaultMeasurement observed(
            @Nullable String fired, Punctuality punctuality, int notOkBefore, List<String> violations) {
        return new FaultMeasurement(
                List.of(1),
                fired,
                List.of(),
                1,
                1,
                1,
                notOkBefore,
                0,
                punctuality,
                9,
                violations,
                Writes.NONE,
                null,
                List.of(),
                Reach.UNKNOWN,
                List.of(),
                new Timeline(50, 0, List.of(), List.of(), List.of(), List.of(), List.of()));
    }
}
