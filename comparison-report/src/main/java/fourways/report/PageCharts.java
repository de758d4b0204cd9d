package fourways.report;

import fourways.report.PageView.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The figures that the charts draw, as JSON inside the page.
 *
 * @param subjects the labels of the bars
 * @param timelines by the id of the cell
 */
record PageCharts(List<String> subjects, List<Bars> bars, Map<String, Times> timelines) {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** One chart: a group of bars a subject, a bar a series. */
    record Bars(String id, List<Series> series) {}

    /** One figure a subject, null where there is none that counts. */
    record Series(String name, List<@Nullable Figure> figures) {}

    /** Shares of what was sent that was ok, from 0 to 1; null where nothing was sent. */
    record Times(
            int bucketMillis,
            long faultAtMillis,
            List<@Nullable Double> victim,
            List<@Nullable Double> neighbours,
            List<FaultCell.Moment> moments) {}

    static PageCharts of(Results results, PageSubjects names, Map<String, FaultCell> cells) {
        List<Subject> subjects = results.throughput().stream()
                .map(cell -> names.of(cell.architecture(), cell.variant()))
                .distinct()
                .toList();
        return new PageCharts(
                subjects.stream().map(Subject::text).toList(),
                List.of(
                        bars("requests-per-second", results, subjects, ThroughputCell::requestsPerSecond),
                        bars("cpu-per-request", results, subjects, ThroughputCell::cpuMicrosPerRequest),
                        bars("memory", results, subjects, ThroughputCell::rssMebibytes)),
                times(cells));
    }

    private static Bars bars(
            String id, Results results, List<Subject> subjects, Function<ThroughputCell, @Nullable Figure> figure) {
        List<Series> series = results.throughput().stream()
                .map(ThroughputCell::inFlight)
                .distinct()
                .sorted()
                .map(inFlight -> {
                    List<@Nullable Figure> figures = new ArrayList<>();
                    for (Subject subject : subjects) {
                        figures.add(valid(results, subject, inFlight, figure));
                    }
                    return new Series(PageWords.count(inFlight) + " in flight", figures);
                })
                .toList();
        return new Bars(id, series);
    }

    private static @Nullable Figure valid(
            Results results, Subject subject, int inFlight, Function<ThroughputCell, @Nullable Figure> figure) {
        for (ThroughputCell cell : results.throughput()) {
            if (cell.status() == Status.VALID
                    && cell.inFlight() == inFlight
                    && cell.architecture().equals(subject.architecture())
                    && cell.variant().equals(subject.variant())) {
                return figure.apply(cell);
            }
        }
        return null;
    }

    private static Map<String, Times> times(Map<String, FaultCell> cells) {
        Map<String, Times> times = new LinkedHashMap<>();
        cells.forEach((id, cell) -> {
            FaultCell.Timeline timeline = cell.timeline();
            if (timeline != null) {
                times.put(
                        id,
                        new Times(
                                timeline.bucketMillis(),
                                timeline.faultAtMillis(),
                                shares(timeline.victimSent(), timeline.victimOk()),
                                shares(timeline.neighboursSent(), timeline.neighboursOk()),
                                cell.moments()));
            }
        });
        return times;
    }

    private static List<@Nullable Double> shares(List<Integer> sent, List<Integer> ok) {
        List<@Nullable Double> shares = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            // Four digits are more than a screen shows, and keep the page small.
            shares.add(sent.get(i) == 0 ? null : Math.floor(1e4 * ok.get(i) / sent.get(i)) / 1e4);
        }
        return shares;
    }

    /** Without a single {@code <}, so that no text in it can end the element that holds it. */
    String json() {
        return MAPPER.writeValueAsString(this).replace("<", "\\u003c");
    }
}
