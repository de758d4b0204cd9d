package fourways.report;

import fourways.report.FaultCell.Neighbours;
import fourways.report.FaultCell.Victim;
import fourways.report.PageView.Cell;
import fourways.report.PageView.Matrix;
import fourways.report.PageView.MatrixRow;
import fourways.report.PageView.Measure;
import fourways.report.PageView.Step;
import fourways.report.PageView.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the fault matrix: what each cell shows at first sight, and what it shows when it is opened. */
final class PageFaults {

    private final PageSubjects names;
    private final Map<String, FaultCell> byId = new LinkedHashMap<>();

    PageFaults(Results results, PageSubjects names) {
        this.names = names;
        for (FaultCell cell : results.faults()) {
            // A running number: names come from outside and may be anything.
            byId.put("cell-" + (byId.size() + 1), cell);
        }
    }

    Map<String, FaultCell> byId() {
        return byId;
    }

    @Nullable
    Matrix matrix() {
        if (byId.isEmpty()) {
            return null;
        }
        List<Subject> columns =
                byId.values().stream().map(this::subject).distinct().toList();
        List<MatrixRow> rows = byId.values().stream()
                .map(FaultCell::fault)
                .distinct()
                .map(fault -> new MatrixRow(fault, PageGlossary.inflicted(fault), row(fault, columns)))
                .toList();
        return new Matrix(columns, rows);
    }

    private List<@Nullable Cell> row(String fault, List<Subject> columns) {
        List<@Nullable Cell> row = new ArrayList<>();
        for (Subject column : columns) {
            Cell found = null;
            for (Map.Entry<String, FaultCell> entry : byId.entrySet()) {
                FaultCell cell = entry.getValue();
                if (cell.fault().equals(fault) && subject(cell).equals(column)) {
                    found = cell(entry.getKey(), cell);
                }
            }
            row.add(found);
        }
        return row;
    }

    private Subject subject(FaultCell cell) {
        return names.of(cell.architecture(), cell.variant());
    }

    private Cell cell(String id, FaultCell cell) {
        FaultCell.Timeline timeline = cell.timeline();
        return new Cell(
                id,
                cell.fault(),
                subject(cell),
                PageLevel.of(cell),
                PageVerdict.neighbours(cell),
                PageVerdict.neighboursMore(cell),
                PageVerdict.victim(cell),
                cell.fired(),
                PageVerdict.problem(cell),
                cell.violations(),
                measures(cell),
                steps(cell),
                recovery(cell),
                checked(cell),
                timeline == null ? null : PageStrip.of(timeline));
    }

    private static List<Measure> measures(FaultCell cell) {
        Victim victim = cell.victim();
        Neighbours neighbours = cell.neighbours();
        if (victim == null || neighbours == null) {
            return List.of();
        }
        List<Measure> measures = new ArrayList<>();
        measures.add(new Measure(
                "Available from the fault on",
                PageWords.inline(victim.availability(), PageWords::shareOk),
                PageWords.inline(neighbours.availability(), PageWords::shareOk)));
        FaultCell.Control control = cell.control();
        measures.add(
                control == null
                        ? new Measure("The same without a fault", "no valid control, so nothing is taken off", null)
                        : new Measure(
                                "The same without a fault",
                                PageWords.shareOk(control.victimAvailability()),
                                PageWords.shareOk(control.neighbourAvailability())));
        measures.add(new Measure(
                "Shards hit",
                PageWords.NO_FIGURE,
                PageWords.inline(neighbours.affectedShards(), PageWords::shards) + " of " + neighbours.shards()));
        measures.add(new Measure(
                "Blast radius", PageWords.NO_FIGURE, PageWords.inline(neighbours.blastRadius(), PageWords::shareHit)));
        measures.add(new Measure(
                "Outage, median shard",
                PageWords.inline(victim.outageMillis(), PageWords::millis),
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
        return measures;
    }

    private static List<Step> steps(FaultCell cell) {
        FaultCell.Timeline timeline = cell.timeline();
        long faultAtMillis = timeline == null ? 0 : timeline.faultAtMillis();
        return cell.moments().stream()
                .map(moment -> new Step(moment.what(), offset(moment.atMillis() - faultAtMillis)))
                .toList();
    }

    private static String offset(long millis) {
        return (millis < 0 ? "−" : "+") + PageWords.millis(Math.abs(millis));
    }

    private static String recovery(FaultCell cell) {
        return cell.restartsFromOutside() == 0
                ? "Nobody restarted it from outside."
                : "Over all trials its JVM was restarted from outside "
                        + PageWords.count(cell.restartsFromOutside(), "time") + ".";
    }

    private static String checked(FaultCell cell) {
        if (!cell.violations().isEmpty()) {
            return "The checker found:";
        }
        return cell.status() == Status.VALID
                ? "The checker accounted for " + PageWords.count(cell.checkedCommands(), "command")
                        + ": nothing lost, applied twice or invented."
                : "The checker has no verdict that counts.";
    }
}
