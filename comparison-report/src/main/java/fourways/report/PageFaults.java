package fourways.report;

import fourways.report.PageView.Cell;
import fourways.report.PageView.Details;
import fourways.report.PageView.Matrix;
import fourways.report.PageView.MatrixRow;
import fourways.report.PageView.Step;
import fourways.report.PageView.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the fault matrix: what each cell shows at first sight, and what it shows when it is opened. */
final class PageFaults {

    private final Results results;
    private final PageSubjects names;
    private final Map<String, FaultCell> byId = new LinkedHashMap<>();

    PageFaults(Results results, PageSubjects names) {
        this.results = results;
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
        List<Subject> tried = byId.values().stream().map(this::subject).toList();
        List<Subject> columns = names.all().stream().filter(tried::contains).toList();
        List<MatrixRow> rows = byId.values().stream()
                .map(FaultCell::fault)
                .distinct()
                .map(fault -> new MatrixRow(fault, inflicted(fault), row(fault, columns)))
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

    /** Null for a fault that is not known here: the results may be of another class path. */
    private static @Nullable String inflicted(String fault) {
        return Catalogue.names().contains(fault) ? Catalogue.entry(fault).how() : null;
    }

    private Subject subject(FaultCell cell) {
        return names.of(cell.architecture(), cell.variant());
    }

    private Cell cell(String id, FaultCell cell) {
        FaultCell.Timeline timeline = cell.timeline();
        Prediction prediction = Prediction.of(cell);
        return new Cell(
                id,
                cell.fault(),
                subject(cell),
                PageLevel.of(cell),
                PageVerdict.reached(cell),
                PageVerdict.back(cell),
                prediction != null && prediction.isRefuted(),
                PageVerdict.inWords(cell),
                timeline == null ? null : PageStrip.of(timeline),
                details(cell, prediction));
    }

    private Details details(FaultCell cell, @Nullable Prediction prediction) {
        return new Details(
                PageVerdict.problem(cell),
                prediction == null ? null : PagePredictions.predicted(prediction),
                cell.fired(),
                chain(cell),
                moments(cell),
                recovery(cell),
                cell.operatorRestarts().withReasons(),
                PageReach.lines(cell),
                writes(cell),
                checked(cell),
                cell.violations(),
                PageMeasures.of(cell),
                files(cell));
    }

    private static List<Step> chain(FaultCell cell) {
        return cell.chain().stream()
                .map(link -> {
                    Figure after = link.afterMillis();
                    String at = after == null ? null : "+" + PageWords.inline(after, PageWords::millis);
                    return new Step(link.step(), at, link.fromOutside());
                })
                .toList();
    }

    private static List<Step> moments(FaultCell cell) {
        FaultCell.Timeline timeline = cell.timeline();
        long faultAtMillis = timeline == null ? 0 : timeline.faultAtMillis();
        return cell.moments().stream()
                .map(moment -> new Step(moment.what(), offset(moment.atMillis() - faultAtMillis), false))
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

    private static String writes(FaultCell cell) {
        Writes writes = cell.writes();
        return "Writes that were acknowledged and lost: " + PageWords.count(writes.lost()) + "; applied twice: "
                + PageWords.count(writes.duplicated()) + "; applied though nobody sent them: "
                + PageWords.count(writes.unsent()) + ".";
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

    private List<String> files(FaultCell cell) {
        return results.trials().stream()
                .filter(trial -> trial.subject().equals(cell.fault())
                        && trial.architecture().equals(cell.architecture())
                        && trial.variant().equals(cell.variant()))
                .map(Results.Trial::file)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }
}
