package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.BrokenArchitecture;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Within this JVM, and with so few commands that they, and not the time, end each turn. */
final class HostDriveTest {

    private static final int COMMANDS = 1_000;
    private static final int LONG_MILLIS = 20_000;

    @TempDir
    Path directory;

    private final List<String> answers = new ArrayList<>();

    @Test
    void commandsThatAreLeftEndATurn() throws Exception {
        Measured measured = drive(HostLeash.TURN, HostLeash.CLOSE);

        assertEquals(List.of(), measured.violations());
        assertNull(measured.unserved());
        assertEquals(COMMANDS, measured.checkedCommands());
        assertTrue(Turn.parse(answers.get(1)).answers() > 0, answers.toString());
    }

    @Test
    void turnForWhichNoCommandIsLeftIsAnObjectionInWordsAndAllIsCheckedNevertheless() throws Exception {
        Measured measured = drive(HostLeash.TURN, HostLeash.TURN, HostLeash.TURN, HostLeash.CLOSE);

        assertEquals(
                "a turn had no command left to measure with: all 1000 that a trial may send had been sent",
                measured.unserved());
        assertEquals(List.of(Turn.NONE.line(), Turn.NONE.line()), answers.subList(2, 4));
        assertEquals(List.of(), measured.violations());
        assertEquals(COMMANDS, measured.checkedCommands());
    }

    private Measured drive(String... questions) throws Exception {
        Queue<String> asked = new ArrayDeque<>(List.of(questions));
        Order order = new Order(
                Order.Mode.DRIVE_LEDGER,
                BrokenArchitecture.NAME,
                "healthy",
                directory.resolve("ledger"),
                directory.resolve("socket"),
                640,
                Order.SMALL_SEGMENT_BYTES,
                Order.CAPACITY,
                1,
                64,
                LONG_MILLIS,
                LONG_MILLIS);
        return new HostDrive(order, new BrokenArchitecture(), COMMANDS).run(asked::remove, answers::add);
    }
}
