package fourways.report;

import fourways.report.PageView.Fact;
import fourways.report.PageView.Head;
import fourways.report.PageView.Subject;
import fourways.report.PageView.ThroughputRow;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results as one page, a file that needs no other and asks the network for nothing. */
final class Page {

    static final String NAME = "index.html";

    /** More would push the results off the screen; all are in the list of trials. */
    private static final int TROUBLES_AT_THE_TOP = 12;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Page() {}

    /** Writes the page, or replaces it, in one step. */
    static void write(Results results, Path file) throws IOException {
        ResultsFile.writeAtomically(file, render(results));
    }

    static String render(Results results) {
        TemplateEngine engine =
                TemplateEngine.createPrecompiled(null, ContentType.Html, null, Page.class.getPackageName());
        StringOutput html = new StringOutput();
        engine.render("page.jte", view(results), html);
        return html.toString();
    }

    private static PageView view(Results results) {
        PageSubjects names = new PageSubjects(results);
        PageFaults faults = new PageFaults(results, names);
        return new PageView(
                results,
                PageAssets.load(),
                PageCharts.of(results, names, faults.byId()).json(),
                head(results, names),
                new PageFindings(results, names).all(),
                throughput(results, names),
                PagePredictions.of(results, names, faults.byId()),
                faults.matrix(),
                PagePairs.tables(results, names),
                PageSoaks.rows(results, names),
                PageParity.of(results.parity()));
    }

    private static Head head(Results results, PageSubjects names) {
        Results.Machine machine = results.machine();
        return new Head(
                "One ledger, " + PageWords.inWords(names.architectures(), "architecture"),
                results.status() == Status.VALID && !results.interrupted(),
                PageTroubles.verdict(results),
                List.of(
                        new Fact("Started", TIME.format(results.startedAt())),
                        new Fact("Took", took(results)),
                        new Fact("Profile", results.profile()),
                        new Fact("Seed", Long.toString(results.seed())),
                        new Fact(
                                "Machine",
                                machine.model() + ", " + PageWords.count(machine.cpus(), "CPU") + ", "
                                        + PageWords.count(machine.memoryMebibytes()) + " MiB"),
                        new Fact("Kernel", machine.kernel()),
                        new Fact("JDK", machine.jdk())),
                PageTroubles.lines(results, TROUBLES_AT_THE_TOP));
    }

    private static String took(Results results) {
        int resumed = results.resumedAt().size();
        return PageWords.millis(results.durationMillis())
                + (resumed == 0 ? "" : ", resumed " + PageWords.count(resumed, "time"));
    }

    private static List<ThroughputRow> throughput(Results results, PageSubjects names) {
        List<ThroughputRow> rows = new ArrayList<>();
        for (ThroughputCell cell : results.throughput()) {
            Subject subject = names.of(cell.architecture(), cell.variant());
            Figure rate = cell.requestsPerSecond();
            rows.add(new ThroughputRow(
                    subject,
                    !rows.isEmpty() && rows.getLast().subject().equals(subject),
                    cell.inFlight(),
                    PageWords.rounded(rate, PageWords::rate),
                    PageWords.rounded(cell.cpuMicrosPerRequest(), PageWords::digits),
                    PageWords.rounded(cell.rssMebibytes(), PageWords::digits),
                    PageWords.count(rate == null ? 0 : rate.samples()),
                    PageWords.problem(cell.status(), cell.reason())));
        }
        return rows;
    }
}
