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
 * @param strips by the id of the cell
 */
record PageCharts(List<String> subjects, List<Bars> bars, Map<String, Strip> strips) {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** One chart: a group of bars a subject, a bar a series. */
    record Bars(String id, List<Series> series) {}

    /** One figure a subject, null where there is none that counts. */
    record Series(String name, List<@Nullable Figure> figures) {}

    /**
     * All shards of a cell over time.
     *
     * @param lanes by shard, as {@link #runs} writes them
     */
    record Strip(int bucketMillis, long faultAtMillis, List<Integer> victims, List<String> lanes, List<Mark> marks) {}

    /** A moment, by its number in the list beside the strip. */
    record Mark(String number, long atMillis) {}

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
                strips(cells));
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

    private static Map<String, Strip> strips(Map<String, FaultCell> cells) {
        Map<String, Strip> strips = new LinkedHashMap<>();
        cells.forEach((id, cell) -> {
            FaultCell.Timeline timeline = cell.timeline();
            if (timeline != null) {
                strips.put(id, strip(cell, timeline));
            }
        });
        return strips;
    }

    private static Strip strip(FaultCell cell, FaultCell.Timeline timeline) {
        List<Mark> marks = new ArrayList<>();
        for (FaultCell.Moment moment : cell.moments()) {
            marks.add(new Mark(Integer.toString(marks.size() + 1), moment.atMillis()));
        }
        return new Strip(
                timeline.bucketMillis(),
                timeline.faultAtMillis(),
                cell.victimShards(),
                timeline.lanes().stream().map(PageCharts::runs).toList(),
                marks);
    }

    /**
     * A lane in runs: 'a' for '0' to 'j' for '9', and '.', each followed by how often it comes, if more than once. Most lanes are one run, and there are 64 of them in each of perhaps two hundred cells.
     */
    static String runs(String lane) {
        StringBuilder runs = new StringBuilder();
        int from = 0;
        while (from < lane.length()) {
            char sign = lane.charAt(from);
            int to = from + 1;
            while (to < lane.length() && lane.charAt(to) == sign) {
                to++;
            }
            runs.append(sign == '.' ? '.' : (char) (sign - '0' + 'a'));
            if (to - from > 1) {
                runs.append(to - from);
            }
            from = to;
        }
        return runs.toString();
    }

    /** Without a single {@code <}, so that no text in it can end the element that holds it. */
    String json() {
        return MAPPER.writeValueAsString(this).replace("<", "\\u003c");
    }
}
