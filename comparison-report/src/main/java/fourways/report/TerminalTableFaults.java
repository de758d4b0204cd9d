package fourways.report;

import fourways.report.FaultCell.Neighbours;
import fourways.report.FaultCell.Victim;
import fourways.report.PageView.Subject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fault matrix for a terminal: faults in rows, variants in columns, two lines a cell. Columns are as narrow as it takes to have all variants side by side; what does not fit even so is
 * put below.
 */
final class TerminalTableFaults {

    /** The longest name of the catalogue, and a gap. */
    private static final int NAME = 22;

    /** "hardened", and a gap. */
    private static final int NARROWEST = 9;

    private static final int WIDEST = 18;

    private final Results results;
    private final PageSubjects names;
    private final TerminalTableLines out;

    TerminalTableFaults(Results results, PageSubjects names, TerminalTableLines out) {
        this.results = results;
        this.names = names;
        this.out = out;
    }

    void print() {
        List<Subject> tried = results.faults().stream()
                .map(cell -> names.of(cell.architecture(), cell.variant()))
                .toList();
        List<Subject> subjects = names.all().stream().filter(tried::contains).toList();
        if (subjects.isEmpty()) {
            return;
        }
        // The gap behind the last column may stand over the edge.
        int most = (TerminalTableLines.COLUMNS + 1 - NAME) / NARROWEST;
        int blocks = Math.ceilDiv(subjects.size(), most);
        int perBlock = Math.ceilDiv(subjects.size(), blocks);
        int width = Math.min(WIDEST, (TerminalTableLines.COLUMNS + 1 - NAME) / perBlock);
        out.title("Faults: how many neighbours were hit, and the longest outage of any shard");
        out.line("+ came back by itself, R after a restart from outside, x not while watched, s only slowed,");
        out.line("m memory changed; ! not what was predicted");
        for (int from = 0; from < subjects.size(); from += perBlock) {
            block(subjects.subList(from, Math.min(subjects.size(), from + perBlock)), width);
        }
        predictions();
    }

    private void block(List<Subject> subjects, int width) {
        out.line("");
        out.line(row("", subjects, width, subject -> architecture(subjects, subject, width)));
        out.line(row("", subjects, width, Subject::variant));
        results.faults().stream().map(FaultCell::fault).distinct().forEach(fault -> {
            out.line(row(fault, subjects, width, subject -> reached(cell(fault, subject))));
            String outages = row("", subjects, width, subject -> outage(cell(fault, subject)));
            if (!outages.isBlank()) {
                out.line(outages);
            }
        });
    }

    /** Once for all of its variants, of which it may be as wide as all together; the columns after the first are then swallowed. */
    private static String architecture(List<Subject> subjects, Subject subject, int width) {
        int at = subjects.indexOf(subject);
        boolean first = at == 0 || !subjects.get(at - 1).architecture().equals(subject.architecture());
        long variants = subjects.stream()
                .filter(other -> other.architecture().equals(subject.architecture()))
                .count();
        String whole = TerminalTableLines.cut(subject.architecture(), Math.toIntExact(width * variants));
        int part = Math.toIntExact(subjects.subList(0, at).stream()
                .filter(other -> other.architecture().equals(subject.architecture()))
                .count());
        return first || part > 0 ? whole.substring(part * width, (part + 1) * width) : "";
    }

    private static String row(String name, List<Subject> subjects, int width, Function<Subject, String> text) {
        StringBuilder row = new StringBuilder(TerminalTableLines.cut(name, NAME));
        subjects.forEach(subject -> {
            String cell = text.apply(subject);
            row.append(cell.length() == width ? cell : TerminalTableLines.cut(cell, width));
        });
        return row.toString();
    }

    private @Nullable FaultCell cell(String fault, Subject subject) {
        Optional<FaultCell> found = results.faults().stream()
                .filter(cell -> cell.fault().equals(fault)
                        && names.of(cell.architecture(), cell.variant()).equals(subject))
                .findFirst();
        return found.orElse(null);
    }

    private static String reached(@Nullable FaultCell cell) {
        if (cell == null) {
            return "-";
        }
        Neighbours neighbours = cell.neighbours();
        Recovery recovery = Recovery.measured(cell);
        if (cell.status() != Status.VALID || neighbours == null || recovery == null) {
            return switch (cell.status()) {
                case VALID -> "no data";
                case NOT_APPLICABLE -> "n/a";
                case INVALID -> cell.fired() == null ? "NO FIRE" : "INVALID";
                case FAILED -> "FAILED";
                case NOT_RUN -> "not run";
            };
        }
        Prediction prediction = Prediction.of(cell);
        return hit(cell, neighbours)
                + switch (recovery) {
                    case BY_ITSELF -> " +";
                    case RESTARTED_FROM_OUTSIDE -> " R";
                    case NOT_AT_ALL -> " x";
                }
                + (prediction != null && prediction.isRefuted() ? " !" : "");
    }

    private static String hit(FaultCell cell, Neighbours neighbours) {
        return switch (PageLevel.of(cell)) {
            case CONTAINED, INVALID, ABSENT -> "0";
            case SLOWED -> shards(neighbours.slowedShards()) + "s";
            case SPREAD, EVERYWHERE ->
                neighbours.affectedShards().high() == 0
                        ? Blast.alteredNeighbours(cell) + "m"
                        : shards(neighbours.affectedShards());
        };
    }

    /** In some repeats only is not none. */
    private static String shards(@Nullable Figure figure) {
        return figure == null ? "0" : figure.median() == 0 ? ">0" : PageWords.shards(figure.median());
    }

    private static String outage(@Nullable FaultCell cell) {
        Victim victim = cell == null ? null : cell.victim();
        Neighbours neighbours = cell == null ? null : cell.neighbours();
        if (cell == null || cell.status() != Status.VALID || victim == null || neighbours == null) {
            return "";
        }
        double longest = Math.max(
                victim.outageMillis().median(), neighbours.worstOutageMillis().median());
        return Recovery.measured(cell) == Recovery.NOT_AT_ALL ? "" : longest == 0 ? "" : PageWords.millis(longest);
    }

    private void predictions() {
        String summary = PagePredictions.summary(results);
        if (!summary.isEmpty()) {
            out.line("");
            out.line(summary);
            PagePredictions.lines(results, names).forEach(out::paragraph);
        }
    }
}
