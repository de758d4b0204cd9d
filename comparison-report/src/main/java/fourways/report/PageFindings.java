package fourways.report;

import fourways.report.PageView.Finding;
import fourways.report.PageView.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Says what the figures say, per variant. Only what is VALID is ranked or told; what is not is counted. */
final class PageFindings {

    /** More faults than that are counted, not named. */
    private static final int LISTABLE = 4;

    private final Results results;
    private final PageSubjects names;

    PageFindings(Results results, PageSubjects names) {
        this.results = results;
        this.names = names;
    }

    List<Finding> all() {
        return names.all().stream().map(this::finding).toList();
    }

    private Finding finding(Subject subject) {
        return new Finding(
                subject,
                speed(subject),
                cost(subject),
                contained(subject),
                spread(subject),
                recovery(subject),
                evidence(subject));
    }

    private List<String> speed(Subject subject) {
        return throughput(subject)
                .map(cell -> {
                    Figure rate = cell.requestsPerSecond();
                    String inFlight = " with " + PageWords.count(cell.inFlight()) + " in flight";
                    return cell.status() != Status.VALID || rate == null
                            ? "no figure that counts" + inFlight
                            : PageWords.rate(rate.median()) + inFlight + ": " + rank(cell.inFlight(), rate);
                })
                .toList();
    }

    /** The place among the others, as far as the intervals allow to say. */
    private String rank(int inFlight, Figure mine) {
        if (mine.samples() < 2) {
            return "not ranked, a single fork says too little";
        }
        List<Figure> ranked = results.throughput().stream()
                .filter(cell -> cell.inFlight() == inFlight && cell.status() == Status.VALID)
                .flatMap(cell -> Stream.ofNullable(cell.requestsPerSecond()))
                .filter(figure -> figure.samples() >= 2)
                .toList();
        if (ranked.size() == 1) {
            return "not ranked, there is no other";
        }
        long faster = ranked.stream().filter(other -> other.low() > mine.high()).count();
        long slower = ranked.stream().filter(other -> other.high() < mine.low()).count();
        int best = (int) faster + 1;
        int worst = ranked.size() - (int) slower;
        return (best == worst ? "" : PageWords.ordinal(best) + " to ") + PageWords.ordinal(worst) + " of "
                + ranked.size();
    }

    /** At the largest number in flight, where each does the most. */
    private List<String> cost(Subject subject) {
        List<String> cost = new ArrayList<>();
        throughput(subject)
                .filter(cell -> cell.status() == Status.VALID)
                .max(Comparator.comparingInt(ThroughputCell::inFlight))
                .ifPresent(cell -> {
                    Figure cpu = cell.cpuMicrosPerRequest();
                    Figure memory = cell.rssMebibytes();
                    if (cpu != null && memory != null) {
                        cost.add(PageWords.digits(cpu.median()) + PageWords.GAP + "µs of CPU a request and "
                                + PageWords.digits(memory.median()) + PageWords.GAP + "MiB with "
                                + PageWords.count(cell.inFlight()) + " in flight");
                    }
                });
        return cost;
    }

    private Stream<ThroughputCell> throughput(Subject subject) {
        return results.throughput().stream()
                .filter(cell -> names.of(cell.architecture(), cell.variant()).equals(subject));
    }

    private Stream<FaultCell> faults(Subject subject, Predicate<FaultCell> which) {
        return results.faults().stream()
                .filter(cell -> names.of(cell.architecture(), cell.variant()).equals(subject))
                .filter(which);
    }

    private List<String> contained(Subject subject) {
        List<String> contained = faults(subject, cell -> PageLevel.of(cell) == PageLevel.CONTAINED)
                .map(FaultCell::fault)
                .toList();
        return contained.size() <= LISTABLE ? contained : List.of(count(contained));
    }

    /** Faults that reached as many belong together. */
    private List<String> spread(Subject subject) {
        Map<String, List<FaultCell>> byReach = new LinkedHashMap<>();
        faults(subject, cell -> switch (PageLevel.of(cell)) {
                    case SLOWED, SPREAD, EVERYWHERE -> true;
                    case CONTAINED, INVALID, ABSENT -> false;
                })
                .forEach(cell -> byReach.computeIfAbsent(PageVerdict.reached(cell), reach -> new ArrayList<>())
                        .add(cell));
        return byReach.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + withOutages(entry.getValue()))
                .toList();
    }

    /** The longest list would be of no use: the matrix has them all. */
    private static String withOutages(List<FaultCell> cells) {
        List<String> each = cells.stream()
                .map(cell -> cell.fault() + PageVerdict.worst(cell))
                .toList();
        return each.size() <= LISTABLE ? String.join(", ", each) : count(each);
    }

    private static String count(List<String> faults) {
        return PageWords.count(faults.size(), "fault");
    }

    private List<String> recovery(Subject subject) {
        List<String> recovery = new ArrayList<>();
        phrase(recovery, "never out", subject, cell -> back(cell) && !out(cell));
        phrase(recovery, "by itself", subject, cell -> back(cell) && out(cell) && cell.restartsFromOutside() == 0);
        phrase(
                recovery,
                "after a restart from outside",
                subject,
                cell -> back(cell) && out(cell) && cell.restartsFromOutside() > 0);
        phrase(recovery, "not steady while watched", subject, cell -> cell.status() == Status.VALID && !back(cell));
        return recovery;
    }

    private void phrase(List<String> into, String how, Subject subject, Predicate<FaultCell> which) {
        List<String> faults = faults(subject, which).map(FaultCell::fault).toList();
        if (!faults.isEmpty()) {
            into.add(how + ": " + (faults.size() <= LISTABLE ? PageWords.and(faults) : count(faults)));
        }
    }

    private static boolean back(FaultCell cell) {
        FaultCell.Victim victim = cell.victim();
        FaultCell.Neighbours neighbours = cell.neighbours();
        return cell.status() == Status.VALID
                && victim != null
                && victim.recovered()
                && neighbours != null
                && neighbours.recovered();
    }

    private static boolean out(FaultCell cell) {
        FaultCell.Victim victim = cell.victim();
        FaultCell.Neighbours neighbours = cell.neighbours();
        return (victim != null && victim.outageMillis().high() > 0)
                || (neighbours != null && neighbours.worstOutageMillis().high() > 0);
    }

    private List<String> evidence(Subject subject) {
        List<Results.Trial> trials = results.trials().stream()
                .filter(trial -> names.of(trial.architecture(), trial.variant()).equals(subject))
                .toList();
        long valid =
                trials.stream().filter(trial -> trial.status() == Status.VALID).count();
        List<String> evidence = new ArrayList<>();
        evidence.add(
                trials.isEmpty() ? "no trial" : valid + " of " + PageWords.count(trials.size(), "trial") + " valid");
        long violations = faults(subject, cell -> true)
                .mapToLong(cell -> cell.violations().size())
                .sum();
        if (violations > 0) {
            evidence.add("the checker found " + PageWords.count(violations, "violation"));
        }
        return evidence;
    }
}
