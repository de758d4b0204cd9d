package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class PageTest {

    @TempDir
    Path directory;

    @Test
    void cellWithoutAValidControlSaysThatNothingWasTakenOff() {
        // The event loop's busy loop of these results has none.
        String page = Page.render(SampleResults.sample());

        assertEquals(1, count(page, "no valid control, so nothing is taken off"));
    }

    @Test
    void figuresForTheChartsAreJsonWhateverTheNames() {
        Matcher data = Pattern.compile(
                        "<script type=\"application/json\" id=\"figures\">(.*?)</script>", Pattern.DOTALL)
                .matcher(Page.render(PageSample.troubled()));
        assertTrue(data.find());

        JsonNode figures = new JsonMapper().readTree(data.group(1));

        assertEquals(
                PageSample.HOSTILE + " " + PageSample.HOSTILE,
                figures.get("subjects").get(5).asString());
        assertTrue(
                figures.get("bars")
                        .get(0)
                        .get("series")
                        .get(1)
                        .get("figures")
                        .get(3)
                        .isNull(),
                "an invalid figure is not drawn");
        assertFalse(data.group(1).contains("<"));
    }

    @Test
    void lanesAreWrittenInRunsThatLoseNothing() {
        assertEquals("j3a.2e", PageCharts.runs("9990..4"));
        assertEquals("", PageCharts.runs(""));
        assertEquals("j200", PageCharts.runs("9".repeat(200)));
    }

    @Test
    void predictionsStandInTheResultsFileAndComeBackFromIt() throws Exception {
        Results results = FullSample.results();

        String json = ResultsFile.toJson(results);
        JsonNode predictions = new JsonMapper().readTree(json).get("predictions");
        Path file = directory.resolve("results.json");
        ResultsFile.write(file, results);

        assertEquals(results.predictions().size(), predictions.size());
        assertEquals("NONE", predictions.get(0).get("expectedBlast").asString());
        assertEquals(results, ResultsFile.read(file));
    }

    @Test
    void emptyRunMakesAPageThatSaysSo() {
        Results full = SampleResults.sample();
        Results empty = new Results(
                full.schemaVersion(),
                full.startedAt(),
                0,
                full.profile(),
                true,
                List.of(),
                full.seed(),
                full.intervals(),
                full.machine(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());

        String page = Page.render(empty);

        assertTrue(page.contains("No trial was run."));
        assertFalse(page.contains("id=\"faults\""));
        assertTrue(TerminalTable.render(empty, false).contains("No trial was run."));
        assertTrue(Summary.render(empty).contains("No trial was run."));
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }
}
