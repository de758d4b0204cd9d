package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import fourways.workload.Command.ReadBalance;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorrelationTest {

    private static final Outcome OUTCOME = new Accepted(5);

    private final Correlation table = new Correlation(2);

    @ParameterizedTest
    @CsvSource({"0, 8", "1, 6", "-1, 6", "2, 6", "2147483647, 6", "-2147483648, 6"})
    void anAnswerToSomethingElseIsIgnored(int token, long id) {
        Correlation.Pending pending = open(6);
        assertEquals(0, pending.token());

        table.answer(token, id, OUTCOME);

        assertFalse(pending.isDone());
    }

    @Test
    void onlyTheFirstAnswerCountsAndFreesTheSlot() {
        Correlation.Pending first = open(6);
        var _ = open(7);
        assertNull(table.open(new ReadBalance(8, 0)), "full");

        table.answer(first.token(), 6, OUTCOME);
        Correlation.Pending next = open(8);
        table.answer(first.token(), 6, new Accepted(6));

        assertEquals(OUTCOME, first.join());
        assertEquals(first.token(), next.token());
        assertFalse(next.isDone(), "the late answer was not for this one");
    }

    @Test
    void manyIdsFindASlotEachHoweverTheyAreNumbered() {
        assertNotNull(table.open(new ReadBalance(Long.MIN_VALUE, 0)));
        assertNotNull(table.open(new ReadBalance(-1, 0)));
        assertNull(table.open(new ReadBalance(Long.MAX_VALUE, 0)));
    }

    private Correlation.Pending open(long id) {
        Correlation.Pending pending = table.open(new ReadBalance(id, 0));
        assertNotNull(pending);
        return pending;
    }
}
