package fourways.report;

import fourways.report.FaultCell.Neighbours;
import fourways.report.FaultCell.Victim;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A cell of the fault matrix for tests: one victim, 63 neighbours, nothing hit and nothing out unless something else is asked for. */
record MeasuredCell(
        String fault,
        String architecture,
        String variant,
        List<Integer> affected,
        List<Integer> slowed,
        int altered,
        boolean recovered,
        int restarts,
        Status status) {

    static final int NEIGHBOURS = 63;
    private static final int VICTIM = 13;

    static MeasuredCell of(String fault, String architecture, String variant) {
        return new MeasuredCell(fault, architecture, variant, List.of(0), List.of(0), 0, true, 0, Status.VALID);
    }

    /** @param shards how many neighbours, one number a repeat */
    MeasuredCell affected(int... shards) {
        return new MeasuredCell(
                fault, architecture, variant, list(shards), slowed, altered, recovered, restarts, status);
    }

    MeasuredCell slowed(int... shards) {
        return new MeasuredCell(
                fault, architecture, variant, affected, list(shards), altered, recovered, restarts, status);
    }

    MeasuredCell altered(int shards) {
        return new MeasuredCell(fault, architecture, variant, affected, slowed, shards, recovered, restarts, status);
    }

    MeasuredCell notBack() {
        return new MeasuredCell(fault, architecture, variant, affected, slowed, altered, false, restarts, status);
    }

    MeasuredCell restarted() {
        return new MeasuredCell(fault, architecture, variant, affected, slowed, altered, recovered, 1, status);
    }

    MeasuredCell status(Status other) {
        return new MeasuredCell(fault, architecture, variant, affected, slowed, altered, recovered, restarts, other);
    }

    FaultCell cell() {
        // One of several trials may be INVALID; the figures are then those of the others.
        boolean counts = status == Status.VALID || status == Status.INVALID;
        return new FaultCell(
                fault,
                architecture,
                variant,
                List.of(VICTIM),
                counts ? "proof" : null,
                counts ? new Victim(1, Figure.of(0.9), Figure.of(400), recovered) : null,
                counts ? neighbours() : null,
                null,
                restarts,
                null,
                1,
                List.of(),
                Writes.NONE,
                OperatorRestarts.NONE,
                List.of(),
                new Reach(
                        null,
                        null,
                        0,
                        0,
                        // The victim's own memory is no neighbour's.
                        IntStream.rangeClosed(0, NEIGHBOURS)
                                .filter(shard -> shard == VICTIM || shard < altered)
                                .boxed()
                                .toList()),
                status,
                status == Status.VALID ? null : "a reason",
                List.of(),
                null);
    }

    private @Nullable Neighbours neighbours() {
        return new Neighbours(
                NEIGHBOURS,
                figure(affected, 1),
                figure(affected, NEIGHBOURS),
                figure(slowed, 1),
                figure(slowed, NEIGHBOURS),
                Figure.of(0.9),
                Figure.of(0),
                Figure.of(400),
                recovered);
    }

    private static List<Integer> list(int... shards) {
        return Arrays.stream(shards).boxed().toList();
    }

    private static Figure figure(List<Integer> shards, double of) {
        return Figure.of(shards.stream().mapToDouble(hit -> hit / of).toArray());
    }
}
