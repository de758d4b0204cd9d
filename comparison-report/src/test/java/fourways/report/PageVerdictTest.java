package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.report.FaultCell.Neighbours;
import fourways.report.FaultCell.Timeline;
import fourways.report.FaultCell.Victim;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PageVerdictTest {

    @Test
    void containedMeansThatNoRepeatHitAnybody() {
        assertEquals(PageLevel.CONTAINED, PageLevel.of(hit(0, 0, 0)));
        assertEquals(PageLevel.SPREAD, PageLevel.of(hit(0, 0, 15)));
        assertEquals("Neighbours hit in some repeats", PageVerdict.neighbours(hit(0, 0, 15)));
    }

    @Test
    void everywhereBeginsAtNearlyAll() {
        assertEquals(PageLevel.SPREAD, PageLevel.of(hit(56, 56, 56)));
        assertEquals(PageLevel.EVERYWHERE, PageLevel.of(hit(57, 57, 57)));
        assertEquals("57 of 63 neighbours hit", PageVerdict.neighbours(hit(57, 57, 57)));
        assertEquals("All 63 neighbours hit", PageVerdict.neighbours(hit(63, 63, 63)));
    }

    @Test
    void slowNeighboursAreNotUnharmedAndNotHit() {
        FaultCell slowed = MeasuredCell.of("f", "a", "v").slowed(12, 12, 12).cell();

        assertEquals(PageLevel.SLOWED, PageLevel.of(slowed));
        assertEquals("12 of 63 neighbours slowed", PageVerdict.neighbours(slowed));
        assertEquals("12 of 63 slow", PageVerdict.reached(slowed));
        assertEquals(
                PageLevel.SLOWED,
                PageLevel.of(MeasuredCell.of("f", "a", "v").slowed(0, 0, 5).cell()));
        assertEquals(
                PageLevel.SPREAD,
                PageLevel.of(
                        MeasuredCell.of("f", "a", "v").affected(1).slowed(63).cell()));
    }

    @Test
    void wordsTellOfSlowNeighboursBesideThoseThatWereHit() {
        FaultCell cell = MeasuredCell.of("f", "a", "v").affected(15).slowed(40).cell();

        assertEquals("15 hit, 40 slowed of 63", PageVerdict.counts(cell));
        assertTrue(PageVerdict.inWords(cell).contains("ok, 40 of 63 slowed. Victim"), PageVerdict.inWords(cell));
        assertEquals(
                "0 hit of 63", PageVerdict.counts(MeasuredCell.of("f", "a", "v").cell()));
    }

    @Test
    void changedMemoryCountsAsHitThoughEveryRequestWasOk() {
        FaultCell altered = MeasuredCell.of("f", "a", "v").altered(64).cell();

        assertEquals(PageLevel.EVERYWHERE, PageLevel.of(altered));
        assertEquals("all 63 altered", PageVerdict.reached(altered));
        assertEquals("Memory of all 63 neighbours changed", PageVerdict.neighbours(altered));
    }

    @Test
    void whatDoesNotApplyIsNeitherValidNorAFailure() {
        FaultCell absent =
                MeasuredCell.of("f", "a", "v").status(Status.NOT_APPLICABLE).cell();

        assertEquals(PageLevel.ABSENT, PageLevel.of(absent));
        assertEquals("Not applicable", PageVerdict.neighbours(absent));
        assertEquals("Not applicable", PageVerdict.reached(absent));
        assertEquals("", PageVerdict.back(absent));
    }

    @Test
    void signSaysHowItCameBack() {
        MeasuredCell cell = MeasuredCell.of("f", "a", "v");

        assertEquals("↻ 400 ms", PageVerdict.back(cell.cell()).replace(PageWords.GAP, ' '));
        assertEquals("→ 400 ms", PageVerdict.back(cell.restarted().cell()).replace(PageWords.GAP, ' '));
        assertEquals("∞ not back", PageVerdict.back(cell.restarted().notBack().cell()));
    }

    @Test
    void figuresOfATrialThatDoesNotCountGiveNoVerdict() {
        FaultCell cell = cell(Status.INVALID, "proof", hit(0, 0, 0).neighbours(), true, 0);

        assertEquals(PageLevel.INVALID, PageLevel.of(cell));
        assertEquals("Invalid", PageVerdict.neighbours(cell));
        assertEquals("", PageVerdict.victim(cell));
    }

    @Test
    void faultWithoutProofDidNotFire() {
        assertEquals("Did not fire", PageVerdict.neighbours(cell(Status.INVALID, null, null, true, 0)));
        assertEquals("Failed", PageVerdict.neighbours(cell(Status.FAILED, null, null, true, 0)));
        assertEquals("Not run", PageVerdict.neighbours(cell(Status.NOT_RUN, null, null, true, 0)));
    }

    @Test
    void victimSaysHowItCameBack() {
        Neighbours unharmed = hit(0, 0, 0).neighbours();

        assertEquals("Victim out for 400 ms", victim(cell(Status.VALID, "proof", unharmed, true, 0)));
        assertEquals(
                "Victim out for 400 ms, back after a restart", victim(cell(Status.VALID, "proof", unharmed, true, 1)));
        assertEquals("Victim not steady again within 400 ms", victim(cell(Status.VALID, "proof", unharmed, false, 1)));
    }

    @Test
    void stripShowsTheSmallestFailureAndWhereNothingWasSent() {
        Timeline timeline = new Timeline(
                50,
                100,
                List.of(2, 2, 2, 2, 0),
                List.of(2, 2, 0, 0, 0),
                List.of(99, 99, 99, 99, 0),
                List.of(99, 99, 98, 99, 0),
                List.of());

        PageStrip strip = PageStrip.of(timeline);

        assertEquals(5, strip.buckets());
        assertEquals(2, strip.faultAt());
        assertEquals("M2 0h2v10.0h-2z", strip.victimBad());
        assertEquals("M2 0h1v1.5h-1z", strip.neighboursBad());
        assertEquals("M4 0h1v10.0h-1z", strip.victimUnsent());
        assertTrue(
                strip.words()
                        .replace(PageWords.GAP, ' ')
                        .contains("neighbours not all ok for 50 ms, victim for 100 ms"),
                strip.words());
    }

    private static String victim(FaultCell cell) {
        return PageVerdict.victim(cell).replace(PageWords.GAP, ' ');
    }

    private static FaultCell hit(int... shards) {
        double[] affected = java.util.Arrays.stream(shards).asDoubleStream().toArray();
        double[] radius =
                java.util.Arrays.stream(shards).mapToDouble(hit -> hit / 63.0).toArray();
        Neighbours neighbours = new Neighbours(
                63,
                Figure.of(affected),
                Figure.of(radius),
                null,
                null,
                Figure.of(0.9),
                Figure.of(0),
                Figure.of(400),
                true);
        return cell(Status.VALID, "proof", neighbours, true, 0);
    }

    private static FaultCell cell(
            Status status, @Nullable String fired, @Nullable Neighbours neighbours, boolean recovered, int restarts) {
        return new FaultCell(
                "exit",
                "a",
                "plain",
                List.of(13),
                fired,
                new Victim(1, Figure.of(0.9), Figure.of(400), recovered),
                neighbours,
                null,
                restarts,
                null,
                1,
                List.of(),
                Writes.NONE,
                OperatorRestarts.NONE,
                List.of(),
                null,
                status,
                null,
                List.of(),
                null);
    }
}
