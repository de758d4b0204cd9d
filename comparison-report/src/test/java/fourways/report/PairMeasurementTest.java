package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PairMeasurementTest {

    private static final Measured ANY = new Measured(
            1, 1, 1, 1, null, 0, List.of(), new Results.Parity("any", "any", 1, 1, 4, 20, 1_024, List.of(), List.of()));

    @Test
    void eachTurnIsComparedWithTheOneBesideIt() {
        List<Turn> subject = List.of(new Turn(50, 1_000, 7), new Turn(80, 2_000, 7));
        List<Turn> yardstick = List.of(new Turn(100, 1_000, 7), new Turn(100, 1_000, 7));

        assertEquals(List.of(0.5, 0.4), PairMeasurement.ratios(subject, yardstick));
    }

    @Test
    void oneTurnThatWasDisturbedDoesNotCount() {
        assertEquals(0.5, new PairMeasurement(ANY, ANY, List.of(0.5, 0.01, 0.6)).medianOverYardstick());
    }

    @Test
    void turnsTogetherAreWeighedByTheirTime() {
        Turn both = new Turn(100, 1_000_000_000, 300).plus(new Turn(500, 3_000_000_000L, 900));

        assertEquals(150, both.requestsPerSecond());
        assertEquals(2, both.cpuMicrosPerRequest());
    }

    @Test
    void turnSurvivesTheJourneyBetweenTheProcesses() {
        Turn turn = new Turn(7, 1L << 40, 9);

        assertEquals(turn, Turn.parse(turn.line()));
        for (String nonsense : List.of("", "1 2", "1 2 3 4", "1 2 x")) {
            assertThrows(TrialFailedException.class, () -> Turn.parse(nonsense));
        }
    }
}
