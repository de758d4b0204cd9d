package fourways.report;

import fourways.report.PageView.Finding;
import fourways.report.PageView.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The results as a few Markdown tables, to be pasted where an engineer reports to others. Says the same as the page, in fewer words. */
final class Summary {

    static final String NAME = "summary.md";

    /** Whatever Markdown or HTML could take for markup; a backslash before any of them makes it text. */
    private static final String MARKUP = "\\`*_{}[]<>()#+!|&~$@";

    private final Results results;
    private final PageSubjects names;
    private final StringBuilder out = new StringBuilder();

    private Summary(Results results) {
        this.results = results;
        this.names = new PageSubjects(results);
    }

    /** Writes the file, or replaces it, in one step. */
    static void write(Results results, Path file) throws IOException {
        ResultsFile.writeAtomically(file, render(results));
    }

    static String render(Results results) {
        Summary summary = new Summary(results);
        summary.head();
        summary.findings();
        summary.predictions();
        summary.throughput();
        summary.faults();
        summary.troubles();
        return summary.out.toString();
    }

    private void head() {
        Results.Machine machine = results.machine();
        out.append("# Four Ways\n\n**")
                .append(text(PageTroubles.verdict(results)))
                .append("**\n\n");
        out.append(text(results.profile() + ", seed " + results.seed() + ", " + results.startedAt() + ", took "
                + PageWords.millis(results.durationMillis()) + ", on " + machine.model() + ", "
                + PageWords.count(machine.cpus(), "CPU") + ", JDK " + machine.jdk()));
        out.append('\n');
    }

    private void findings() {
        title("What this says");
        row(
                "Architecture",
                "Requests per second",
                "Stayed with the victim",
                "Reached neighbours (worst outage)",
                "Came back");
        rule(5);
        for (Finding finding : new PageFindings(results, names).all()) {
            row(
                    finding.subject().text(),
                    String.join("; ", finding.speed()),
                    String.join(", ", finding.contained()),
                    String.join("; ", finding.spread()),
                    String.join("; ", finding.recovery()));
        }
    }

    private void predictions() {
        String words = PagePredictions.summary(results);
        if (!words.isEmpty()) {
            title("Predicted, and not so");
            out.append(text(words)).append('\n');
            List<String> refuted = PagePredictions.lines(results, names);
            if (!refuted.isEmpty()) {
                out.append('\n');
                refuted.forEach(line -> out.append("- ").append(text(line)).append('\n'));
            }
        }
    }

    private void throughput() {
        if (results.throughput().isEmpty()) {
            return;
        }
        title("Throughput");
        row("Architecture", "In flight", "Requests per second", "CPU µs per request", "Memory, MiB", "");
        rule(6);
        for (ThroughputCell cell : results.throughput()) {
            String problem = PageWords.problem(cell.status(), cell.reason());
            row(
                    names.of(cell.architecture(), cell.variant()).text(),
                    PageWords.count(cell.inFlight()),
                    PageWords.inline(cell.requestsPerSecond(), PageWords::rate),
                    PageWords.inline(cell.cpuMicrosPerRequest(), PageWords::digits),
                    PageWords.inline(cell.rssMebibytes(), PageWords::digits),
                    problem == null ? "" : problem);
        }
    }

    private void faults() {
        List<Subject> tried = distinct(cell -> names.of(cell.architecture(), cell.variant()));
        List<Subject> columns = names.all().stream().filter(tried::contains).toList();
        if (columns.isEmpty()) {
            return;
        }
        title("Faults");
        List<String> head = new ArrayList<>(List.of("Fault"));
        columns.forEach(column -> head.add(column.text()));
        row(head.toArray(String[]::new));
        rule(head.size());
        for (String fault : distinct(FaultCell::fault)) {
            List<String> row = new ArrayList<>(List.of(fault));
            for (Subject column : columns) {
                row.add(results.faults().stream()
                        .filter(cell -> cell.fault().equals(fault)
                                && names.of(cell.architecture(), cell.variant()).equals(column))
                        .map(Summary::inWords)
                        .findFirst()
                        .orElse("not tried"));
            }
            row(row.toArray(String[]::new));
        }
    }

    private static String inWords(FaultCell cell) {
        Prediction prediction = Prediction.of(cell);
        return PageVerdict.inWords(cell)
                + (prediction != null && prediction.isRefuted() ? ". Not what was predicted" : "");
    }

    private <T> List<T> distinct(Function<FaultCell, T> key) {
        return results.faults().stream().map(key).distinct().toList();
    }

    private void troubles() {
        List<String> troubles = PageTroubles.lines(results, Integer.MAX_VALUE);
        if (!troubles.isEmpty()) {
            title("Not valid");
            troubles.forEach(trouble -> out.append("- ").append(text(trouble)).append('\n'));
        }
    }

    private void title(String title) {
        out.append("\n## ").append(title).append("\n\n");
    }

    private void row(String... cells) {
        for (String cell : cells) {
            out.append("| ").append(text(cell)).append(' ');
        }
        out.append("|\n");
    }

    private void rule(int columns) {
        out.append("|---".repeat(columns)).append("|\n");
    }

    private static String text(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (MARKUP.indexOf(character) >= 0) {
                escaped.append('\\');
            }
            escaped.append(Character.isISOControl(character) ? ' ' : character);
        }
        return escaped.toString();
    }
}
