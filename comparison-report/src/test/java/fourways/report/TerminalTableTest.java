package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TerminalTableTest {

    @Test
    void noLineIsWiderThanTheTableWhateverTheNames() {
        for (Results results : List.of(PageSample.allValid(), PageSample.troubled(), SampleResults.sample())) {
            TerminalTable.render(results, false)
                    .lines()
                    .forEach(line -> assertTrue(line.length() <= TerminalTable.COLUMNS, line));
        }
    }

    @Test
    void everyCharacterIsPrintableAsciiWithoutColors() {
        String table = TerminalTable.render(PageSample.troubled(), false);

        assertTrue(table.chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~')), table);
    }

    @Test
    void colorsAreOnlyForWhoeverAsksAndChangeNoText() {
        String colored = TerminalTable.render(PageSample.troubled(), true);

        assertTrue(colored.contains("\u001b[1;31m4 of 35 trials not valid, 1 not run;"), colored);
        assertEquals(TerminalTable.render(PageSample.troubled(), false), colored.replaceAll("\u001b\\[[0-9;]*m", ""));
    }

    @Test
    void validRunShowsFiguresWithIntervalsAndEveryFault() {
        String table = TerminalTable.render(PageSample.allValid(), false);

        assertTrue(table.matches("(?s).*1,024 +1\\.21 M +1\\.18-1\\.24 M.*"), table);
        assertTrue(table.contains("n unharmed        n 15/63 875 ms    n 15/63 375 ms    n 15/63 375 ms\n"), table);
        assertTrue(table.contains("v never out       v not steady      v 1.40 s, restart v 1.40 s, restart\n"), table);
        assertTrue(table.endsWith("\nAll 30 trials valid.\n"), table);
    }

    @Test
    void goalIsReachedOrMissedOnlyWhereTheIntervalSaysSo() {
        String table = TerminalTable.render(SampleResults.sample(), false);

        assertTrue(table.matches("(?s).*process-isolation hardened .* reached 0\\.96 .*"), table);
        assertTrue(table.matches("(?s).*shared-threads hardened .* missed 0\\.71 .*"), table);
        assertTrue(table.matches("(?s).*actor-model hardened .* undecided 0\\.90 .*"), table);
        assertTrue(table.matches("(?s).*event-loop hardened .* undecided 0\\.97 .* 1 pair.*"), table);
    }

    @Test
    void whatDoesNotCountShowsNoFigure() {
        String table = TerminalTable.render(PageSample.troubled(), false);

        assertTrue(table.contains("1,024  INVALID: lost 1 command: id 7"), table);
        assertTrue(table.contains("DID NOT FIRE"), table);
        assertTrue(
                table.contains(
                        "  No. 31, throughput, actor-model plain, 1,024 in flight: INVALID: lost 1 command: id 7, a deposit"),
                table);
        assertFalse(table.substring(0, table.indexOf("Ledger beside")).contains("2.84 M"), table);
    }
}
