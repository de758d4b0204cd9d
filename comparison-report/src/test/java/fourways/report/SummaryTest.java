package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class SummaryTest {

    @Test
    void validRunSaysSoAndShowsFigures() {
        String summary = Summary.render(PageSample.allValid()).replace(PageWords.GAP, ' ');

        assertTrue(summary.contains("**All 30 trials valid.**"), summary);
        assertTrue(summary.contains("| process-isolation | 1,024 | 1.21 M \\(1.18–1.24 M\\) |"), summary);
        assertTrue(
                summary.contains(
                        "| All 63 neighbours hit: out for up to 1.43 s, 76.6 % ok, all 63 slowed. Victim out for 1.40 s"),
                summary);
        assertFalse(summary.contains("## Not valid"), summary);
    }

    @Test
    void refutedPredictionsAreListed() {
        String summary = Summary.render(FullSample.results()).replace(PageWords.GAP, ' ');

        assertTrue(summary.contains("## Predicted, and not so"), summary);
        assertTrue(
                summary.contains(
                        "- blocking-call on event-loop plain: predicted at most a quarter of the neighbours; measured more than a quarter of the neighbours \\(63 hit of 63\\)"),
                summary);
        assertEquals(1, summary.split("Not what was predicted", -1).length - 1, summary);
    }

    @Test
    void everyRowOfATableHasAsManyCellsAsItsHead() {
        Pattern bar = Pattern.compile("(?<!\\\\)\\|");
        long columns = 0;
        for (String line : Summary.render(PageSample.troubled()).lines().toList()) {
            long bars = bar.matcher(line).results().count();
            if (line.startsWith("|") && columns > 0) {
                assertEquals(columns, bars, line);
            }
            columns = line.startsWith("|") ? bars : 0;
        }
    }

    @Test
    void hostileNamesCannotBecomeMarkup() {
        String summary = Summary.render(PageSample.troubled());

        for (String markup : List.of("<img", "<!--", "\u001b", "`<")) {
            assertFalse(
                    Pattern.compile("(?<!\\\\)" + Pattern.quote(markup))
                            .matcher(summary)
                            .find(),
                    markup);
        }
    }

    @Test
    void whatDoesNotCountIsListed() {
        String summary = Summary.render(PageSample.troubled());

        assertTrue(
                summary.contains("**4 of 35 trials not valid, 1 not run; what is not valid ranks nowhere."), summary);
        assertTrue(summary.contains("actor-model plain, 1,024 in flight: INVALID: lost 1 command"), summary);
    }
}
