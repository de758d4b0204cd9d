package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PageTroublesTest {

    @Test
    void verdictTellsNotValidFromNotRun() {
        assertEquals("No trial was run.", PageTroubles.verdict(results(false)));
        assertEquals("All 2 trials valid.", PageTroubles.verdict(results(false, Status.VALID, Status.VALID)));
        assertEquals("1 of 2 trials not run.", PageTroubles.verdict(results(false, Status.VALID, Status.NOT_RUN)));
        assertEquals(
                "2 of 4 trials not valid, 1 not run; what is not valid ranks nowhere.",
                PageTroubles.verdict(results(false, Status.INVALID, Status.FAILED, Status.NOT_RUN, Status.VALID)));
        assertEquals(
                "All 1 trial valid. The run was interrupted, so what follows is incomplete.",
                PageTroubles.verdict(results(true, Status.VALID)));
    }

    @Test
    void whatDidNotRunIsCountedByItsReason() {
        Results results = results(false, Status.NOT_RUN, Status.INVALID, Status.NOT_RUN);

        assertEquals(
                List.of("No. 2, fault, a plain, exit: INVALID: because", "2 trials NOT RUN: because"),
                PageTroubles.lines(results, 5));
    }

    @Test
    void whatDoesNotApplyIsCountedAndIsNoTrouble() {
        Results results = results(false, Status.VALID, Status.NOT_APPLICABLE, Status.VALID);

        assertEquals("3 trials: 2 valid, 1 not applicable.", PageTroubles.verdict(results));
        assertEquals(List.of(), PageTroubles.lines(results, 5));
        assertEquals(Status.VALID, results.status());
        assertEquals(Status.VALID, results(false, Status.NOT_APPLICABLE).status());
        assertEquals(
                Status.INVALID,
                results(false, Status.NOT_APPLICABLE, Status.INVALID).status());
    }

    @Test
    void linesBeyondTheLimitAreCounted() {
        Results results = results(false, Status.FAILED, Status.FAILED, Status.FAILED, Status.FAILED);

        List<String> lines = PageTroubles.lines(results, 3);

        assertEquals(3, lines.size());
        assertEquals("and 2 more", lines.getLast());
        assertEquals(4, PageTroubles.lines(results, 4).size());
    }

    @Test
    void optionsThatAllHaveAreSaidOnce() {
        PageParity parity =
                PageParity.of(List.of(given("-Xmx1g", "-a", "-b"), given("-Xmx2g", "-a", "-b"), given("-a")));

        assertEquals(List.of("-a"), parity.common());
        assertEquals(
                List.of(List.of("-Xmx1g", "-b"), List.of("-Xmx2g", "-b"), List.of()),
                parity.rows().stream().map(PageParity.Row::options).toList());
        assertEquals(List.of(), PageParity.of(List.of(given("-a"))).common());
    }

    private static Results.Parity given(String... flags) {
        return new Results.Parity("a", "plain", 1, 1, 4, 20, 1_024, List.of("Parallel"), List.of(flags));
    }

    private static Results results(boolean interrupted, Status... statuses) {
        List<Results.Trial> trials = new ArrayList<>();
        for (Status status : statuses) {
            String reason = status == Status.VALID ? null : "because";
            trials.add(new Results.Trial(trials.size() + 1, "fault", "a", "plain", "exit", "f", status, reason, 1));
        }
        return new Results(
                Results.SCHEMA_VERSION,
                Instant.EPOCH,
                1,
                "standard",
                interrupted,
                List.of(),
                1,
                Figure.METHOD,
                new Results.Machine(2, "m", 1, "k", "j"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                trials);
    }
}
