package fourways.report;

import fourways.report.PageView.SoakRow;
import fourways.report.PageView.Subject;
import java.util.ArrayList;
import java.util.List;

/** Makes the table of the soaks. */
final class PageSoaks {

    private PageSoaks() {}

    static List<SoakRow> rows(Results results, PageSubjects names) {
        List<SoakRow> rows = new ArrayList<>();
        for (SoakCell cell : results.soaks()) {
            Subject subject = names.of(cell.architecture(), cell.variant());
            SoakMeasurement soak = cell.soak();
            String problem = PageWords.problem(cell.status(), cell.reason());
            rows.add(
                    soak == null
                            ? new SoakRow(
                                    subject, PageWords.NO_FIGURE, PageWords.NO_FIGURE, List.of(), List.of(), problem)
                            : new SoakRow(
                                    subject,
                                    PageWords.millis(soak.millis()),
                                    PageWords.shareOk(soak.servedShare()),
                                    strikes(soak),
                                    growths(soak),
                                    problem));
        }
        return rows;
    }

    private static List<String> strikes(SoakMeasurement soak) {
        List<String> strikes = new ArrayList<>();
        soak.strikes().stream()
                .filter(tally -> tally.struck() > 0)
                .map(tally -> tally.fault() + ": " + PageWords.count(tally.fired()) + " of "
                        + PageWords.count(tally.struck()))
                .forEach(strikes::add);
        strikes.add(PageWords.count(soak.quarantined(), "poison request") + " quarantined");
        return strikes;
    }

    private static List<String> growths(SoakMeasurement soak) {
        List<String> growths =
                new ArrayList<>(soak.growths().stream().map(SoakGrowth::inWords).toList());
        growths.add("KiB on disk: %,d, accounted for %,d".formatted(soak.diskKibibytes(), soak.diskLimitKibibytes()));
        return growths;
    }

    /** "26 to 27": how much of something there was early on, and in the end, in units of a size. */
    static String fromTo(SoakMeasurement soak, String unit, double size) {
        return soak.growths().stream()
                .filter(growth -> growth.unit().equals(unit))
                .map(growth ->
                        PageWords.digits(growth.before() / size) + " to " + PageWords.digits(growth.after() / size))
                .findFirst()
                .orElse(PageWords.NO_FIGURE);
    }
}
