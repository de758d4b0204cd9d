package fourways.report;

import fourways.report.FaultCell.Control;
import fourways.report.FaultCell.Neighbours;
import fourways.report.FaultCell.Victim;
import fourways.report.PageView.Measure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of one cell of the fault matrix: its figures with their spread, victim beside neighbours. */
final class PageMeasures {

    private static final double MICROS_PER_MILLI = 1_000;

    private PageMeasures() {}

    /** Empty if there are no figures that count. */
    static List<Measure> of(FaultCell cell) {
        Victim victim = cell.victim();
        Neighbours neighbours = cell.neighbours();
        if (victim == null || neighbours == null) {
            return List.of();
        }
        List<Measure> measures = new ArrayList<>();
        measures.add(new Measure(
                "Shards",
                PageWords.count(victim.shards()) + " (" + numbers(cell.victimShards()) + ")",
                PageWords.count(neighbours.shards())));
        measures.add(new Measure(
                "Available from the fault on",
                PageWords.inline(victim.availability(), PageWords::shareOk),
                PageWords.inline(neighbours.availability(), PageWords::shareOk)));
        measures.add(control(cell.control()));
        blastRadius(measures, neighbours);
        measures.add(new Measure(
                "Outage, median shard",
                PageWords.NO_FIGURE,
                PageWords.inline(neighbours.medianOutageMillis(), PageWords::millis)));
        measures.add(new Measure(
                "Outage, worst shard",
                PageWords.inline(victim.outageMillis(), PageWords::millis),
                PageWords.inline(neighbours.worstOutageMillis(), PageWords::millis)));
        if (cell.crossShardAvailability() != null) {
            // They need two shards, and so belong to neither column.
            measures.add(new Measure(
                    "Transfers between shards",
                    PageWords.inline(cell.crossShardAvailability(), PageWords::shareOk) + " ok",
                    null));
        }
        measures.add(new Measure(
                "Steady again while watched",
                victim.recovered() ? "yes" : "no",
                neighbours.recovered() ? "yes" : "no"));
        measures.add(new Measure("Trials", PageWords.count(victim.availability().samples(), "valid trial"), null));
        return measures;
    }

    private static void blastRadius(List<Measure> measures, Neighbours neighbours) {
        measures.add(new Measure(
                "Shards with a failed request",
                PageWords.NO_FIGURE,
                of(neighbours.affectedShards(), neighbours) + ", "
                        + PageWords.inline(neighbours.blastRadius(), PageWords::shareHit)));
        Figure slowed = neighbours.slowedShards();
        measures.add(new Measure(
                "Shards slowed down",
                PageWords.NO_FIGURE,
                slowed == null
                        ? "not known without a control"
                        : of(slowed, neighbours) + ", "
                                + PageWords.inline(neighbours.slowedShare(), PageWords::shareHit)));
    }

    private static String of(Figure shards, Neighbours neighbours) {
        return PageWords.inline(shards, PageWords::shards) + " of " + neighbours.shards();
    }

    private static Measure control(@Nullable Control control) {
        String name = "The same without a fault";
        if (control == null) {
            return new Measure(name, "no valid control, so nothing is taken off", null);
        }
        Long p99Micros = control.p99Micros();
        return new Measure(
                name,
                PageWords.shareOk(control.victimAvailability()),
                PageWords.shareOk(control.neighbourAvailability())
                        + (p99Micros == null
                                ? ""
                                : ", 99 % within " + PageWords.digits(p99Micros / MICROS_PER_MILLI) + PageWords.GAP
                                        + "ms"));
    }

    private static String numbers(List<Integer> shards) {
        return "no. " + PageWords.and(shards.stream().map(String::valueOf).toList());
    }
}
