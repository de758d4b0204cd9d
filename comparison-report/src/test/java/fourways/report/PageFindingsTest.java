package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PageFindingsTest {

    @Test
    void overlappingIntervalsShareTheirPlaces() {
        List<String> speed = speed(
                cell("a", new Figure(10, 9, 11, 3)),
                cell("b", new Figure(11, 10, 12, 3)),
                cell("c", new Figure(20, 19, 21, 3)));

        assertEquals(List.of("2nd to 3rd of 3", "2nd to 3rd of 3", "1st of 3"), ranks(speed));
    }

    @Test
    void overlapIsNotPassedOn() {
        List<String> speed = speed(
                cell("a", new Figure(10, 9, 11, 3)),
                cell("b", new Figure(12, 10.5, 13.5, 3)),
                cell("c", new Figure(14, 13, 15, 3)));

        assertEquals(List.of("2nd to 3rd of 3", "1st to 3rd of 3", "1st to 2nd of 3"), ranks(speed));
    }

    @Test
    void singleForkIsNeitherRankedNorRankedAgainst() {
        List<String> speed = speed(
                cell("a", Figure.of(100)),
                cell("b", new Figure(12, 11, 13, 3)),
                cell("c", new Figure(14, 13.5, 15, 3)));

        assertEquals(List.of("not ranked, a single fork says too little", "2nd of 2", "1st of 2"), ranks(speed));
    }

    @Test
    void invalidCellRanksNowhere() {
        ThroughputCell invalid = new ThroughputCell(
                "a", "plain", 64, Figure.of(99, 100), Figure.of(1), Figure.of(1), Status.INVALID, "lost 1 command");

        List<String> speed =
                speed(invalid, cell("b", new Figure(12, 11, 13, 3)), cell("c", new Figure(14, 13.5, 15, 3)));

        assertEquals("no figure that counts with 64 in flight", speed.getFirst());
        assertEquals("1st of 2", ranks(speed).getLast());
    }

    @Test
    void faultsAreSortedByWhatTheyDid() {
        Results results = PageSample.allValid();

        PageView.Finding processes =
                new PageFindings(results, new PageSubjects(results)).all().getFirst();
        PageView.Finding threads =
                new PageFindings(results, new PageSubjects(results)).all().get(1);

        assertEquals(List.of("exception"), processes.contained());
        assertEquals(List.of("never out: exception", "by itself: busy-loop, exit and kill"), processes.recovery());
        assertEquals(
                List.of(
                        "never out: exception",
                        "after a restart from outside: exit and kill",
                        "not steady while watched: busy-loop"),
                threads.recovery());
        assertEquals(
                List.of("15 of 63: busy-loop (not steady)", "all 63: exit (1.43 s), kill (1.43 s)"),
                threads.spread().stream()
                        .map(words -> words.replace(PageWords.GAP, ' '))
                        .toList());
    }

    @Test
    void manyFaultsAreCountedInsteadOfNamed() {
        Results results = FullSample.results();

        PageView.Finding processes =
                new PageFindings(results, new PageSubjects(results)).all().getFirst();

        assertEquals(List.of("5 faults"), processes.contained());
        assertTrue(processes.spread().contains("15 of 63: 9 faults"), processes.spread()::toString);
        assertTrue(processes.spread().contains("15 of 63 slow: gc-pressure"), processes.spread()::toString);
        assertTrue(processes.spread().contains("15 of 63 altered: wild-write"), processes.spread()::toString);
        assertTrue(processes.recovery().contains("not steady while watched: 6 faults"), processes.recovery()::toString);
    }

    @Test
    void whatDoesNotCountIsNotTold() {
        Results results = PageSample.troubled();

        PageView.Finding actors =
                new PageFindings(results, new PageSubjects(results)).all().get(3);

        assertEquals("actor-model", actors.subject().text());
        assertTrue((actors.contained() + " " + actors.spread() + actors.recovery()).contains("kill"));
        assertEquals(-1, (actors.contained() + " " + actors.spread() + actors.recovery()).indexOf("exit"));
        assertEquals("6 of 8 trials valid", actors.evidence().getFirst());
    }

    private static List<String> ranks(List<String> speed) {
        return speed.stream()
                .map(words -> words.substring(words.indexOf(": ") + 2))
                .toList();
    }

    private static List<String> speed(ThroughputCell... cells) {
        Results results = new Results(
                Results.SCHEMA_VERSION,
                Instant.EPOCH,
                1,
                "standard",
                false,
                List.of(),
                1,
                Figure.METHOD,
                new Results.Machine(2, "m", 1, "k", "j"),
                List.of(),
                Arrays.asList(cells),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        return new PageFindings(results, new PageSubjects(results))
                .all().stream().flatMap(finding -> finding.speed().stream()).toList();
    }

    private static ThroughputCell cell(String architecture, Figure rate) {
        return new ThroughputCell(architecture, "plain", 64, rate, Figure.of(1), Figure.of(1), Status.VALID, null);
    }
}
