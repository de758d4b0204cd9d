package fourways.report;

import fourways.report.FaultCell.Moment;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
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
        if (moment.what().endsWith(FaultTrial.INJECTED)) {
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
            lines.add("  checker     " + checker(cell));
            String problem = PageWords.problem(cell.status(), cell.reason());
            if (problem != null) {
                lines.add("  this counts for nothing, " + problem);
            }
        }
        return lines;
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

    private static String checker(FaultCell cell) {
        String checked = PageWords.count(cell.checkedCommands(), "command") + " checked: ";
        return cell.violations().isEmpty()
                ? checked
                        + "no acknowledged one is lost, none was applied twice, none that nobody sent, no cent is missing"
                : checked + String.join("; ", cell.violations());
    }
}
