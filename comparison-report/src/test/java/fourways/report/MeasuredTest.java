package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MeasuredTest {

    private static final Results.Parity PARITY = new Results.Parity(
            "a", "plain", 5, 4, 4, 90, 1_024, List.of("Parallel", "Serial"), List.of("-Da=b=c", "-Xmx1g"));

    @Test
    void everythingSurvivesTheJourneyBetweenTheProcesses() {
        Measured good = new Measured(1e6 / 3, 1.5, 300.25, 7, null, 9, List.of(), PARITY);
        Measured bad = new Measured(1, 2, 3, 4, "5 were not served", 6, List.of("LOST 1: id=7", "MONEY 1: -1"), PARITY);

        assertEquals(good, Measured.parse(good.lines()));
        assertEquals(bad, Measured.parse(bad.lines()));
    }

    @Test
    void eachValueIsOneLineWhateverItHolds() {
        Measured measured = new Measured(1, 2, 3, 4, null, 6, List.of("two\nlines"), PARITY);

        assertEquals(List.of("two lines"), Measured.parse(measured.lines()).violations());
    }

    @Test
    void answersThatAreCutShortAreAFailureOfTheTrial() {
        List<String> lines = new Measured(1, 2, 3, 4, null, 6, List.of(), PARITY).lines();

        assertThrows(TrialFailedException.class, () -> Measured.parse(lines.subList(1, lines.size())));
        assertThrows(TrialFailedException.class, () -> Measured.parse(List.of("nonsense")));
    }
}
