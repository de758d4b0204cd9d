package fourways.report;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tells how far the run is: a line for each trial that is done, and on a terminal one more below them, rewritten in place, with what is running and how long the rest will
 * take. A pipe gets whole lines only. Not thread-safe.
 */
final class Progress implements RunListener {

    /** Back to the start of the line, and away with what was there. */
    private static final String CLEAR_LINE = "\r\u001b[2K";

    /** Whoever reads a pipe wants to know, too, but not in each line. */
    private static final int LINES_PER_REMAINING = 20;

    private final PrintStream out;
    private final boolean terminal;
    private final List<TrialSpec> plan;

    /** How much longer trials took than was planned: by kind, and by kind and subject, for some faults are watched far longer than others. */
    private final Map<String, Pace> paces = new HashMap<>();

    /** The numbers of the trials that were made by an earlier attempt; most often, but not always, the first. */
    private final Set<Integer> before = new HashSet<>();

    private int sinceRemaining;

    private record Pace(long plannedMillis, long actualMillis) {

        Pace plus(long planned, long actual) {
            return new Pace(plannedMillis + planned, actualMillis + actual);
        }
    }

    Progress(PrintStream out, boolean terminal, List<TrialSpec> plan) {
        this.out = out;
        this.terminal = terminal;
        this.plan = plan;
    }

    @Override
    public void beginning(List<Done> kept) {
        kept.forEach(this::learn);
        kept.forEach(done -> before.add(done.record().trial().number()));
        String left = "about " + inWords(remaining(1));
        out.println(
                kept.isEmpty()
                        ? PageWords.count(plan.size(), "trial") + ", " + left
                        : kept.size() + " of " + PageWords.count(plan.size(), "trial")
                                + " were made before and stay as they are, " + left + " for the others");
    }

    @Override
    public void starting(int number, TrialSpec spec) {
        if (terminal) {
            out.print(CLEAR_LINE + counter(number) + spec.label() + " … about " + inWords(remaining(number)) + " left");
            out.flush();
        }
    }

    @Override
    public void news(String line) {
        out.println((terminal ? CLEAR_LINE : "") + line);
    }

    @Override
    public void finished(Done done) {
        Results.Trial trial = done.record().trial();
        learn(done);
        out.println((terminal ? CLEAR_LINE : "") + counter(trial.number())
                + done.spec().label() + ": " + outcome(done));
        sinceRemaining++;
        if (!terminal && sinceRemaining == LINES_PER_REMAINING && trial.number() < plan.size()) {
            out.println("About " + inWords(remaining(trial.number() + 1)) + " left");
            sinceRemaining = 0;
        }
    }

    private void learn(Done done) {
        TrialSpec spec = done.spec();
        Pace seen = new Pace(spec.plannedMillis(), done.record().trial().durationMillis());
        for (String key : List.of(spec.kind(), spec.kind() + " " + spec.subject())) {
            paces.merge(key, seen, (sum, one) -> sum.plus(one.plannedMillis(), one.actualMillis()));
        }
    }

    /** Of trials like it, or else of its kind, or else as planned. */
    private Pace paceOf(TrialSpec spec) {
        Pace ofKind = paces.getOrDefault(spec.kind(), new Pace(1, 1));
        return paces.getOrDefault(spec.kind() + " " + spec.subject(), ofKind);
    }

    private String counter(int number) {
        int width = Integer.toString(plan.size()).length();
        return ("[%" + width + "d/%d] ").formatted(number, plan.size());
    }

    private static String outcome(Done done) {
        TrialRecord record = done.record();
        Measured measured = record.measured();
        PairMeasurement paired = record.paired();
        FaultMeasurement observed = record.observed();
        if (done.status() == Status.NOT_APPLICABLE) {
            return "not applicable, " + record.trial().reason();
        } else if (done.status() != Status.VALID) {
            return done.status() + ", " + record.trial().reason();
        } else if (measured != null) {
            return String.format(Locale.ROOT, "%,.0f requests/s", measured.requestsPerSecond());
        } else if (paired != null) {
            return String.format(
                    Locale.ROOT,
                    "%.2f of %,.0f requests/s",
                    paired.medianOverYardstick(),
                    paired.yardstick().requestsPerSecond());
        } else if (observed != null) {
            return String.format(
                    Locale.ROOT,
                    "victim %.1f %% available, neighbours %.1f %%%s",
                    100 * observed.victimAvailability(),
                    100 * observed.neighbourAvailability(),
                    observed.restartsFromOutside() > 0 ? ", JVM restarted from outside" : "");
        }
        SoakMeasurement soaked = record.soaked();
        return soaked == null
                ? "valid"
                : String.format(
                        Locale.ROOT,
                        "lived through %d faults, %.1f %% served meanwhile",
                        soaked.fired(),
                        100 * soaked.servedShare());
    }

    /** Of the trial with this number and all after it, but for those that are made. */
    private Duration remaining(int number) {
        double millis = 0;
        for (int later = number; later <= plan.size(); later++) {
            if (!before.contains(later)) {
                TrialSpec spec = plan.get(later - 1);
                Pace pace = paceOf(spec);
                millis += (double) spec.plannedMillis() * pace.actualMillis() / pace.plannedMillis();
            }
        }
        return Duration.ofMillis((long) millis);
    }

    static String inWords(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        long minutes = duration.toMinutes();
        return minutes < 60 ? minutes + " min " + seconds % 60 + " s" : minutes / 60 + " h " + minutes % 60 + " min";
    }

    /** Leaves the cursor on a line of its own. */
    @Override
    public void end() {
        if (terminal) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }
}
