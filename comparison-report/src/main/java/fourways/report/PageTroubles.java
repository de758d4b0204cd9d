package fourways.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What stands at the top of the page and at the end of the table: whether the run counts, and each trial that does not, with the reason. */
final class PageTroubles {

    private PageTroubles() {}

    /** Whether the run counts, in a sentence or two. */
    static String verdict(Results results) {
        int trials = results.trials().size();
        if (trials == 0) {
            return "No trial was run.";
        }
        long notRun = count(results, true);
        long notValid = count(results, false);
        List<String> parts = new ArrayList<>();
        if (notValid > 0) {
            parts.add(PageWords.count(notValid) + " of " + PageWords.count(trials, "trial") + " not valid");
        }
        if (notRun > 0) {
            parts.add(PageWords.count(notRun) + (parts.isEmpty() ? " of " + PageWords.count(trials, "trial") : "")
                    + " not run");
        }
        long notApplicable = results.trials().stream()
                .filter(trial -> trial.status() == Status.NOT_APPLICABLE)
                .count();
        String sound = notApplicable == 0
                ? "All " + PageWords.count(trials, "trial") + " valid"
                : PageWords.count(trials, "trial") + ": " + PageWords.count(trials - notApplicable) + " valid, "
                        + PageWords.count(notApplicable) + " not applicable";
        return (parts.isEmpty() ? sound : String.join(", ", parts))
                + (notValid > 0 ? "; what is not valid ranks nowhere." : ".")
                + (results.interrupted() ? " The run was interrupted, so what follows is incomplete." : "");
    }

    private static long count(Results results, boolean notRun) {
        return results.trials().stream()
                .filter(trial -> !trial.status().isSound() && (trial.status() == Status.NOT_RUN) == notRun)
                .count();
    }

    /** A line each for what ran and does not count, then a line for each reason why something did not run; at most {@code limit}, the last of which counts the rest. */
    static List<String> lines(Results results, int limit) {
        List<String> lines = new ArrayList<>();
        Map<String, Integer> notRun = new LinkedHashMap<>();
        for (Results.Trial trial : results.trials()) {
            String problem = PageWords.problem(trial.status(), trial.reason());
            if (problem == null || trial.status().isSound()) {
                continue;
            }
            if (trial.status() == Status.NOT_RUN) {
                notRun.merge(problem, 1, Integer::sum);
            } else {
                lines.add("No. " + trial.number() + ", " + trial.kind() + ", " + trial.architecture() + " "
                        + trial.variant() + ", " + trial.subject() + ": " + problem);
            }
        }
        notRun.forEach((problem, trials) -> lines.add(PageWords.count(trials, "trial") + " " + problem));
        if (lines.size() <= limit) {
            return lines;
        }
        List<String> first = new ArrayList<>(lines.subList(0, limit - 1));
        first.add("and " + (lines.size() - first.size()) + " more");
        return first;
    }
}
