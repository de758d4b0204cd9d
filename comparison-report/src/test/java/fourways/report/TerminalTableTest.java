package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TerminalTableTest {

    @Test
    void noLineIsWiderThanTheTableWhateverTheNames() {
        for (Results results :
                List.of(PageSample.allValid(), PageSample.troubled(), SampleResults.sample(), FullSample.results())) {
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
        assertTrue(table.matches("(?s).*\nbusy-loop +15 \\+ ! +15 x ! +15 x ! +15 x ! +15 x *\n +875 ms *\n.*"), table);
        assertTrue(table.matches("(?s).*\nexit +15 \\+ +63 R +63 R +63 R +63 R *\n +375 ms +1\\.43 s .*"), table);
        assertTrue(table.endsWith("\nAll 30 trials valid.\n"), table);
    }

    @Test
    void wholeCatalogueOnAllVariantsIsOneMatrixWithNamesInFull() {
        String table = TerminalTable.render(FullSample.results(), false);

        String heads = table.substring(table.indexOf("Faults:"), table.indexOf("\nexception "));
        for (String architecture : FullSample.ORDER) {
            assertTrue(heads.contains(architecture), heads);
        }
        assertEquals(4, heads.split("hardened", -1).length - 1, heads);
        for (String fault : Expectations.known().expectations().keySet()) {
            assertEquals(1, table.split("\n" + fault + " ", -1).length - 1, fault);
        }
        assertTrue(table.matches("(?s).*\nkill-supervisor +63 R +63 R +n/a .*"), table);
        assertTrue(table.matches("(?s).*\ngc-pressure +15s \\+ +15s \\+ +63s \\+.*"), table);
        assertTrue(table.matches("(?s).*\nwild-write +15m \\+ +15m \\+ +63m \\+.*"), table);
    }

    @Test
    void moreVariantsThanFitSideBySideArePutBelow() {
        List<FaultCell> cells = IntStream.range(0, 14)
                .mapToObj(i ->
                        MeasuredCell.of("kill", "architecture-" + i, "plain").cell())
                .toList();

        String table = TerminalTable.render(SampleResults.withFaults(cells), false);

        assertEquals(2, table.split("\nkill ", -1).length - 1, table);
        assertTrue(table.lines().allMatch(line -> line.length() <= TerminalTable.COLUMNS), table);
    }

    @Test
    void refutedPredictionIsToldAndMarked() {
        String table = TerminalTable.render(FullSample.results(), false);

        assertTrue(table.matches("(?s).*\nblocking-call .* 63 x ! .*"), table);
        assertTrue(table.contains("Of 200 predictions 195 held and 1 was refuted; 4 could not be told."), table);
        assertTrue(
                table.replaceAll("\\s+", " ")
                        .contains(
                                " blocking-call on event-loop plain: predicted at most a quarter of the neighbours; measured more than a quarter of the neighbours (63 hit of 63) "),
                "in as many lines as it needs: " + table);
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
        assertTrue(table.contains("NO FIRE"), table);
        assertTrue(
                table.contains(
                        "  No. 31, throughput, actor-model plain, 1,024 in flight: INVALID: lost 1 command: id 7, a deposit"),
                table);
        assertFalse(table.substring(0, table.indexOf("Ledger beside")).contains("2.84 M"), table);
    }
}
