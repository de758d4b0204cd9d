package fourways.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The results for a terminal: what counts, throughput, fault matrix, what does not count. At most {@link #COLUMNS} wide, and in ASCII, so that it is readable in any
 * locale and log.
 */
final class TerminalTable {

    static final int COLUMNS = TerminalTableLines.COLUMNS;

    private static final int NAME = 28;
    private static final int TROUBLES = 12;
    private static final double KIBIBYTES_PER_MEBIBYTE = 1_024;

    private final Results results;
    private final PageSubjects names;
    private final TerminalTableLines out;

    private TerminalTable(Results results, boolean ansi) {
        this.results = results;
        this.out = new TerminalTableLines(ansi);
        this.names = new PageSubjects(results);
    }

    /** Whole lines. Colors only if asked for, which is for terminals alone. */
    static String render(Results results, boolean ansi) {
        TerminalTable table = new TerminalTable(results, ansi);
        table.throughput();
        table.pairs(
                "Hardened beside plain; the goal is " + PageWords.ratio(PagePairs.HARDENING_GOAL),
                "hardened",
                "plain",
                results.hardening(),
                PagePairs.HARDENING_GOAL);
        table.pairs(
                "Ledger beside bare hop; the goal is " + PageWords.ratio(PagePairs.FLOOR_GOAL),
                "ledger",
                "hop",
                results.floors(),
                PagePairs.FLOOR_GOAL);
        new TerminalTableFaults(results, table.names, table.out).print();
        table.soaks();
        table.verdict();
        return table.out.toString();
    }

    private void throughput() {
        if (results.throughput().isEmpty()) {
            return;
        }
        out.title("Throughput, closed loop");
        out.line(row("", "in flight", "requests/s", "95 % interval", "CPU us/request", "MiB"));
        String before = "";
        for (ThroughputCell cell : results.throughput()) {
            String name = names.of(cell.architecture(), cell.variant()).text();
            String shown = name.equals(before) ? "" : name;
            String inFlight = PageWords.count(cell.inFlight());
            Figure rate = cell.requestsPerSecond();
            String problem = PageWords.problem(cell.status(), cell.reason());
            if (problem != null || rate == null) {
                out.alarm(row(shown, inFlight) + "  " + (problem == null ? "no figures" : problem));
            } else {
                out.line(row(
                        shown,
                        inFlight,
                        PageWords.rate(rate.median()),
                        rate.samples() == 1 ? "1 fork" : PageWords.interval(rate, PageWords::rate),
                        median(cell.cpuMicrosPerRequest()),
                        median(cell.rssMebibytes())));
            }
            before = name;
        }
    }

    private static String median(@Nullable Figure figure) {
        return figure == null ? "-" : PageWords.digits(figure.median());
    }

    private void pairs(String title, String subject, String yardstick, List<PairCell> cells, double goal) {
        if (cells.isEmpty()) {
            return;
        }
        out.title(title);
        out.line(row("", "in flight", subject + "/s", yardstick + "/s", "ratio", "95 % interval"));
        String before = "";
        for (PairCell cell : cells) {
            String name = names.of(cell.architecture(), cell.variant()).text();
            String shown = name.equals(before) ? "" : name;
            String inFlight = PageWords.count(cell.inFlight());
            Figure mine = cell.requestsPerSecond();
            Figure yardsticks = cell.yardstickRequestsPerSecond();
            Figure ratio = cell.overYardstick();
            String problem = PageWords.problem(cell.status(), cell.reason());
            if (problem != null || mine == null || yardsticks == null || ratio == null) {
                out.alarm(row(shown, inFlight) + "  " + (problem == null ? "no figures" : problem));
            } else {
                out.line(row(
                        shown,
                        inFlight,
                        PageWords.rate(mine.median()),
                        PageWords.rate(yardsticks.median()),
                        PagePairs.goal(cell, goal) + " " + PageWords.ratio(ratio.median()),
                        ratio.samples() == 1 ? "1 pair" : PageWords.interval(ratio, PageWords::ratio)));
            }
            before = name;
        }
    }

    private void soaks() {
        if (results.soaks().isEmpty()) {
            return;
        }
        out.title("Soaks: a fault every second");
        out.line(row("", "faults", "proven", "served", "threads", "heap, MiB"));
        for (SoakCell cell : results.soaks()) {
            String name = names.of(cell.architecture(), cell.variant()).text();
            SoakMeasurement soak = cell.soak();
            String problem = PageWords.problem(cell.status(), cell.reason());
            if (soak != null) {
                out.line(row(
                        name,
                        PageWords.count(soak.struck()),
                        PageWords.count(soak.fired()),
                        PageWords.shareOk(soak.servedShare()),
                        PageSoaks.fromTo(soak, SoakGrowth.THREADS, 1),
                        PageSoaks.fromTo(soak, SoakGrowth.HEAP, KIBIBYTES_PER_MEBIBYTE)));
            }
            if (problem != null) {
                out.alarm(row(soak == null ? name : "", "") + "  " + problem);
            }
        }
    }

    private void verdict() {
        out.title("");
        String verdict = PageTroubles.verdict(results);
        if (results.status() == Status.VALID && !results.interrupted()) {
            out.line(verdict);
        } else {
            out.alarm(verdict);
            PageTroubles.lines(results, TROUBLES).forEach(out::paragraph);
        }
    }

    private static String row(String name, String inFlight, String... figures) {
        StringBuilder row =
                new StringBuilder(TerminalTableLines.cut(name, NAME)).append(String.format("%9s", inFlight));
        for (String figure : figures) {
            row.append(String.format("%15s", figure));
        }
        return row.toString();
    }
}
