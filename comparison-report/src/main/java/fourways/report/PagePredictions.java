package fourways.report;

import fourways.report.PageView.Predicted;
import fourways.report.PageView.Predictions;
import fourways.report.PageView.Refuted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds what was predicted against what was measured. What did not hold is a finding. */
final class PagePredictions {

    private PagePredictions() {}

    /** Null if nothing was predicted of what was run. */
    static @Nullable Predictions of(Results results, PageSubjects names, Map<String, FaultCell> cells) {
        if (results.predictions().isEmpty()) {
            return null;
        }
        List<Refuted> refuted = new ArrayList<>();
        cells.forEach((id, cell) -> {
            Prediction prediction = Prediction.of(cell);
            if (prediction != null && prediction.isRefuted()) {
                refuted.add(new Refuted(
                        id,
                        cell.fault(),
                        names.of(cell.architecture(), cell.variant()),
                        predicted(prediction),
                        PageVerdict.inWords(cell)));
            }
        });
        return new Predictions(summary(results), refuted);
    }

    static Predicted predicted(Prediction prediction) {
        return new Predicted(
                prediction.sentence(),
                prediction.source(),
                prediction.address(),
                prediction.expected(),
                prediction.measured(),
                prediction.isRefuted(),
                verdict(prediction));
    }

    /** Whether it held, as the end of a sentence. */
    static String verdict(Prediction prediction) {
        Boolean held = prediction.held();
        if (held == null) {
            return prediction.expected().isEmpty() ? "cannot be held against these figures" : "was not put to the test";
        }
        return held ? "held" : "is refuted";
    }

    /** How many held, in a sentence; empty if nothing was predicted. */
    static String summary(Results results) {
        List<Prediction> all = results.predictions();
        if (all.isEmpty()) {
            return "";
        }
        long refuted = all.stream().filter(Prediction::isRefuted).count();
        long open = all.stream().filter(prediction -> prediction.held() == null).count();
        return "Of " + PageWords.count(all.size(), "prediction") + " "
                + PageWords.count(all.size() - refuted - open) + " held and " + PageWords.count(refuted)
                + (refuted == 1 ? " was refuted" : " were refuted")
                + (open == 0 ? "." : "; " + PageWords.count(open) + " could not be told.");
    }

    /** A line for each that was refuted, with what differs. */
    static List<String> lines(Results results, PageSubjects names) {
        List<String> lines = new ArrayList<>();
        for (FaultCell cell : results.faults()) {
            Prediction prediction = Prediction.of(cell);
            if (prediction != null && prediction.isRefuted()) {
                lines.add(cell.fault() + " on "
                        + names.of(cell.architecture(), cell.variant()).text() + ": " + prediction.difference() + " ("
                        + PageVerdict.counts(cell) + ")");
            }
        }
        return lines;
    }
}
