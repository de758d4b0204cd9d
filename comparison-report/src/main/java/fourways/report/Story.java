package fourways.report;

import fourways.report.FaultCell.Moment;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells of one fault while it happens, a plain line each, with the seconds since it was injected; and in the end what came of it. Thread-safe. */
final class Story implements RunListener {

    private static final double MILLIS_PER_SECOND = 1_000;
    private static final String NO_TIME = " ".repeat(10);

    private final PrintStream out;

    /** On the trial's clock; null before. Guarded by this. */
    private @Nullable Long injectedAtMillis;

    Story(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void starting(int number, TrialSpec spec) {
        injectedAtMillis = null;
        boolean control = spec instanceof TrialSpec.Observed observed && observed.fault() == null;
        String what = control
                ? "First the same time without a fault, to compare with"
                : "Now " + spec.subject() + " in " + spec.contender().label();
        out.println(what + "; about " + Progress.inWords(spec.planned()) + ".");
    }

    @Override
    public synchronized void news(String line) {
        injectedAtMillis = null;
        out.println(line);
    }

    @Override
    public @Nullable Consumer<Moment> moments(TrialSpec spec) {
        return spec instanceof TrialSpec.Observed observed && observed.fault() != null ? this::happened : null;
    }

    private synchronized void happened(Moment moment) {
        if (moment.what().endsWith(TrialNews.INJECTED)) {
            injectedAtMillis = moment.atMillis();
        }
        Long zero = injectedAtMillis;
        String time = zero == null
                ? NO_TIME
                : String.format(Locale.ROOT, "%+8.2f s", (moment.atMillis() - zero) / MILLIS_PER_SECOND);
        out.println(time + "  " + moment.what());
    }

    @Override
    public synchronized void finished(Done done) {
        String problem = PageWords.problem(done.status(), done.record().trial().reason());
        if (problem != null) {
            out.println(NO_TIME + "  " + problem);
        }
    }

    /** What came of it: nothing before the fault was tried. */
    static List<String> outcome(Results results) {
        List<String> lines = new ArrayList<>();
        for (FaultCell cell : results.faults()) {
            lines.add("What came of it:");
            lines.add("  proof       " + (cell.fired() == null ? "none was found" : cell.fired()));
            lines.add("  neighbours  " + PageVerdict.neighbours(cell) + more(PageVerdict.neighboursMore(cell)));
            String victim = PageVerdict.victim(cell);
            if (!victim.isEmpty()) {
                lines.add("  victim      " + victim);
            }
            lines.add("  recovery    " + recovery(cell));
            String chain = chain(cell);
            if (!chain.isEmpty()) {
                lines.add("  its steps   " + chain);
            }
            String operator = cell.operatorRestarts().withReasons();
            if (!operator.isEmpty()) {
                lines.add("  afterwards  " + operator);
            }
            lines.add("  checker     " + checker(cell));
            lines.addAll(predicted(cell));
            String problem = PageWords.problem(cell.status(), cell.reason());
            if (problem != null) {
                lines.add("  this counts for nothing, " + problem);
            }
        }
        // In a terminal it is a character like any other, and in a log one that nobody can search for.
        return lines.stream().map(line -> line.replace(PageWords.GAP, ' ')).toList();
    }

    /** What was predicted beside what was measured; of some cells nothing is predicted. */
    private static List<String> predicted(FaultCell cell) {
        Prediction prediction = Prediction.of(cell);
        if (prediction == null) {
            return List.of("  predicted   nothing");
        }
        String expected = prediction.expected();
        String measured = prediction.measured();
        return List.of(
                "  predicted   " + (expected.isEmpty() ? "" : expected + ": ") + prediction.sentence() + " ("
                        + prediction.source() + ")",
                "  measured    " + (measured.isEmpty() ? "" : measured + ": ") + "the prediction "
                        + PagePredictions.verdict(prediction));
    }

    private static String more(String words) {
        return words.isEmpty() ? "" : ": " + words;
    }

    private static String recovery(FaultCell cell) {
        FaultCell.Victim victim = cell.victim();
        FaultCell.Neighbours neighbours = cell.neighbours();
        if (victim == null || neighbours == null) {
            return "nothing can be said";
        }
        String outside = cell.restartsFromOutside() == 0
                ? "by itself"
                : "after its JVM was started again from outside, "
                        + PageWords.count(cell.restartsFromOutside(), "time");
        if (victim.recovered() && neighbours.recovered()) {
            return "everybody is served again, " + outside;
        }
        return victim.recovered() ? "not all neighbours are served again" : "the victim is not served again";
    }

    /** Those that were seen, by their time; a step may come before one that it does not depend on. */
    private static String chain(FaultCell cell) {
        return cell.chain().stream()
                .filter(link -> link.afterMillis() != null && !link.step().equals(ChainStep.INJECTED.words()))
                .sorted(Comparator.comparingDouble(Story::afterMillis))
                .map(link -> link.step() + " after "
                        + PageWords.millis(afterMillis(link))
                        + (link.fromOutside() ? " (from outside)" : ""))
                .collect(Collectors.joining(", "));
    }

    private static double afterMillis(FaultCell.Link link) {
        return Objects.requireNonNull(link.afterMillis()).median();
    }

    private static String checker(FaultCell cell) {
        String checked = PageWords.count(cell.checkedCommands(), "command") + " checked: ";
        return cell.violations().isEmpty()
                ? checked
                        + "no acknowledged one is lost, none was applied twice, none that nobody sent, no cent is missing"
                : checked + String.join("; ", cell.violations());
    }
}
