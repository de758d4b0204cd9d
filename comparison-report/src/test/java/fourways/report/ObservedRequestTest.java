package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command.ReadBalance;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Requests that were to be sent at 1 s. */
final class ObservedRequestTest {

    private static final long INTENDED = 1_000_000;

    /** Sent 3 ms late, answered 2 ms after that. */
    @Test
    void latencyCountsFromTheIntendedTime() {
        assertEquals(
                5_000,
                request(INTENDED + 3_000, INTENDED + 5_000, new Accepted(0)).latencyMicros());
    }

    @Test
    void requestThatIsNotAnsweredTookASecondAtLeast() {
        assertEquals(1_000_000, request(INTENDED, null, null).latencyMicros());
    }

    @Test
    void answerAfterTheDeadlineIsSlow() {
        assertEquals(
                1_700_000,
                request(INTENDED, INTENDED + 1_700_000, new Accepted(0)).latencyMicros());
    }

    @Test
    void failureIsNotQuickService() {
        assertNull(request(INTENDED, INTENDED + 1, new Indeterminate("")).latencyMicros());
        assertNull(request(INTENDED, INTENDED + 1, new Refused(Reason.UNAVAILABLE, ""))
                .latencyMicros());
        assertEquals(
                1,
                request(INTENDED, INTENDED + 1, new Refused(Reason.INSUFFICIENT_FUNDS, ""))
                        .latencyMicros());
    }

    @Test
    void whatCouldNotBeSentHasNoLatency() {
        assertNull(request(null, null, null).latencyMicros());
    }

    @Test
    void whatTheRulesForbidIsServedAndWhatNobodyServesIsNot() {
        assertTrue(ObservedRequest.isServed(new Refused(Reason.UNKNOWN_ACCOUNT, "")));
        assertFalse(ObservedRequest.isServed(new Refused(Reason.OVERLOADED, "")));
        assertFalse(ObservedRequest.isServed(new Refused(Reason.QUARANTINED, "")));
        assertFalse(ObservedRequest.isServed(new Indeterminate("")));
    }

    private static ObservedRequest request(
            @Nullable Long sentMicros, @Nullable Long answeredMicros, @Nullable Outcome outcome) {
        return new ObservedRequest(new ReadBalance(1, 1), INTENDED, sentMicros, answeredMicros, outcome, true);
    }
}
