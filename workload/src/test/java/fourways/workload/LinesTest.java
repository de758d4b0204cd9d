package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Located;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {

    @Test
    void commandsComeOutAsTheyWentIn() {
        List<Command> commands = List.of(
                new Command.Deposit(Long.MIN_VALUE, 1, 2),
                new Command.Withdraw(3, 4, 5),
                new Command.Transfer(6, 7, 8, Long.MAX_VALUE),
                new Command.ReadBalance(9, 10),
                new Command.Locate(11, 12),
                new Command.Sabotage(13, 14, "stack-overflow"));

        assertEquals(
                commands, commands.stream().map(Lines::of).map(Lines::command).toList());
    }

    @Test
    void outcomesComeOutAsTheyWentInButOnOneLine() {
        List<Outcome> outcomes = List.of(
                new Accepted(-1),
                new Refused(Reason.UNAVAILABLE, "two words"),
                new Refused(Reason.OVERLOADED, ""),
                new Indeterminate("what it says"),
                new Located(1, 2, "thread of two words"));

        for (Outcome outcome : outcomes) {
            assertEquals(new Lines.Answer(-7, outcome), Lines.answer(Lines.of(-7, outcome)));
        }
        assertEquals(
                new Lines.Answer(1, new Indeterminate("a b")), Lines.answer(Lines.of(1, new Indeterminate("a\nb"))));
    }

    @Test
    void aLineThatWasCutOffIsNotBelieved() {
        String whole = Lines.whole(Lines.of(1, new Accepted(100)));

        assertEquals("accepted 1 100", Lines.said(whole.strip()));
        assertNull(Lines.said("accepted 1 10"));
    }
}
