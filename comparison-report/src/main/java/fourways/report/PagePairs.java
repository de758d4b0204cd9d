package fourways.report;

import fourways.report.PageView.PairRow;
import fourways.report.PageView.PairTable;
import fourways.report.PageView.Subject;
import java.util.ArrayList;
import java.util.List;

/** Makes the tables in which something stands beside its yardstick. */
final class PagePairs {

    /** What hardening may cost is a tenth. */
    static final double HARDENING_GOAL = 0.9;

    /** Admission, journal and shard may together take less time than the hop. */
    static final double FLOOR_GOAL = 0.6;

    private PagePairs() {}

    /** Those that the run has something for. */
    static List<PairTable> tables(Results results, PageSubjects names) {
        List<PairTable> tables = new ArrayList<>();
        if (!results.hardening().isEmpty()) {
            tables.add(new PairTable(
                    "hardening",
                    "Hardening",
                    "Hardened beside plain",
                    "What it costs to be hardened: both variants, in turns in the same run. The goal is that at least "
                            + PageWords.ratio(HARDENING_GOAL) + " of the plain variant's speed is left.",
                    "Hardened, requests per second",
                    "Plain, requests per second",
                    "Hardened ÷ plain",
                    rows(results.hardening(), names, HARDENING_GOAL)));
        }
        if (!results.floors().isEmpty()) {
            tables.add(new PairTable(
                    "floors",
                    "Floors",
                    "Ledger beside bare hop",
                    "The bare hop brings a command to the owner of its shard and an answer back, in the same architecture, with nothing behind it: no admission, no journal, no shard. Both in turns in the same run. The goal is that the ledger leaves at least "
                            + PageWords.ratio(FLOOR_GOAL) + " of its speed.",
                    "Ledger, requests per second",
                    "Bare hop, requests per second",
                    "Ledger ÷ bare hop",
                    rows(results.floors(), names, FLOOR_GOAL)));
        }
        return tables;
    }

    private static List<PairRow> rows(List<PairCell> cells, PageSubjects names, double goal) {
        List<PairRow> rows = new ArrayList<>();
        for (PairCell cell : cells) {
            Subject subject = names.of(cell.architecture(), cell.variant());
            rows.add(new PairRow(
                    subject,
                    !rows.isEmpty() && rows.getLast().subject().equals(subject),
                    cell.inFlight(),
                    PageWords.rounded(cell.requestsPerSecond(), PageWords::rate),
                    PageWords.rounded(cell.yardstickRequestsPerSecond(), PageWords::rate),
                    PageWords.rounded(cell.overYardstick(), PageWords::ratio),
                    goal(cell, goal),
                    PageWords.problem(cell.status(), cell.reason())));
        }
        return rows;
    }

    /** Whether a cell reaches a goal, as far as its interval allows to say; empty if there is nothing that counts. */
    static String goal(PairCell cell, double goal) {
        Figure ratio = cell.overYardstick();
        if (ratio == null || cell.status() != Status.VALID) {
            return "";
        } else if (ratio.samples() == 1) {
            return "undecided";
        }
        return ratio.low() >= goal ? "reached" : ratio.high() < goal ? "missed" : "undecided";
    }
}
