package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import fourways.workload.Command.ReadBalance;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import org.junit.jupiter.api.Test;

class QuarantineTest {

    private final Quarantine quarantine = new Quarantine(4, 2);

    private static Command command(long id) {
        return new ReadBalance(id, 0);
    }

    private void strikeThrice(long id) {
        for (int strikes = 1; strikes <= 3; strikes++) {
            assertEquals(strikes, quarantine.blame(command(id)));
        }
    }

    @Test
    void theThirdStrikeKeepsACommandOutAndNamesIt() {
        quarantine.blame(command(-7));
        quarantine.blame(command(-7));
        assertNull(quarantine.refusalOf(command(-7)));

        quarantine.blame(command(-7));

        assertEquals(
                new Refused(Reason.QUARANTINED, "command -7 was at hand at 3 failures of its shard's owner"),
                quarantine.refusalOf(command(-7)));
        assertNull(quarantine.refusalOf(command(7)), "nobody else");
        assertEquals(3, quarantine.blame(command(-7)), "one that was in flight still");
    }

    @Test
    void theSuspectThatWasBlamedLongestAgoIsForgotten() {
        quarantine.blame(command(0));
        quarantine.blame(command(0));
        quarantine.blame(command(1));
        quarantine.blame(command(2));
        quarantine.blame(command(3));
        quarantine.blame(command(1));
        quarantine.blame(command(4));

        assertEquals(1, quarantine.blame(command(0)), "forgotten");
        assertEquals(3, quarantine.blame(command(1)), "blamed lately, and so remembered");
    }

    @Test
    void whatWasKeptOutFirstIsLetInAgain() {
        strikeThrice(10);
        strikeThrice(30);
        strikeThrice(20);

        assertNull(quarantine.refusalOf(command(10)));
        assertNotNull(quarantine.refusalOf(command(30)));
        assertNotNull(quarantine.refusalOf(command(20)));
    }

    @Test
    void theGateRefusesAtOnceWhatWasBlamedThreeTimes() {
        Admission admission = new Admission(LedgerConfig.inMemory());
        for (int failure = 1; failure <= 3; failure++) {
            Request poison = admission.admit(command(42));
            assertFalse(poison.isDone());
            assertEquals(failure, admission.blame(poison));
            poison.answer(new Indeterminate("the owner of its shard failed"));
        }

        Refused refused =
                assertInstanceOf(Refused.class, admission.admit(command(42)).getNow(null));

        assertEquals(Reason.QUARANTINED, refused.reason());
        assertFalse(admission.admit(command(43)).isDone(), "the shard lives on");
    }
}
