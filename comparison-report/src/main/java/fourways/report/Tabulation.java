package fourways.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers trials into the cells of the results. Figures come from VALID trials only; a trial that is not makes its whole cell worth as little. */
final class Tabulation {

    private final List<Done> trials;

    Tabulation(List<Done> trials) {
        this.trials = trials;
    }

    /** The first reading of each variant: what it was given does not change between trials. */
    List<Results.Parity> parity() {
        Map<Contender, Results.Parity> first = new LinkedHashMap<>();
        for (Done trial : trials) {
            Measured measured = trial.record().measured();
            if (measured != null && trial.spec() instanceof TrialSpec.Driven driven && !driven.bare()) {
                first.putIfAbsent(driven.contender(), measured.parity());
            }
        }
        return List.copyOf(first.values());
    }

    List<ThroughputCell> throughput() {
        return cells(false).entrySet().stream()
                .map(cell -> {
                    Collection<Measured> measured = Done.measured(cell.getValue());
                    return new ThroughputCell(
                            cell.getKey().contender().architecture(),
                            cell.getKey().contender().variant(),
                            cell.getKey().inFlight(),
                            Done.figure(measured, Measured::requestsPerSecond),
                            Done.figure(measured, Measured::cpuMicrosPerRequest),
                            Done.figure(measured, Measured::rssMebibytes),
                            Done.worst(cell.getValue()),
                            Done.reasons(cell.getValue()));
                })
                .toList();
    }

    /** Each ledger beside its bare hop, where both were tried. */
    List<PairCell> floors() {
        return pairs(Pair.floors(contenders()));
    }

    /** Each hardened variant beside the plain one, where both were tried. */
    List<PairCell> hardening() {
        return pairs(Pair.hardening(contenders()));
    }

    private Set<Contender> contenders() {
        Set<Contender> contenders = new LinkedHashSet<>();
        trials.forEach(trial -> contenders.add(trial.spec().contender()));
        return contenders;
    }

    private List<PairCell> pairs(List<Pair> pairs) {
        List<PairCell> cells = new ArrayList<>();
        Map<DrivenCell, List<Done>> ledgers = cells(false);
        Map<DrivenCell, List<Done>> bare = cells(true);
        for (Pair pair : pairs) {
            ledgers.forEach((cell, ofSubject) -> {
                List<Done> ofYardstick = (pair.bareYardstick() ? bare : ledgers)
                        .getOrDefault(new DrivenCell(pair.yardstick(), cell.inFlight()), List.of());
                if (cell.contender().equals(pair.subject()) && !ofYardstick.isEmpty()) {
                    cells.add(pair(cell, ofSubject, ofYardstick));
                }
            });
        }
        return cells;
    }

    /** The n-th trial of the one and the n-th of the other are neighbours in time, and so make one sample of the ratio. */
    private static PairCell pair(DrivenCell cell, List<Done> subjects, List<Done> yardsticks) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(subjects.size(), yardsticks.size()); i++) {
            List<Measured> both = Done.measured(List.of(subjects.get(i), yardsticks.get(i)));
            if (both.size() == 2) {
                ratios.add(both.getFirst().requestsPerSecond() / both.getLast().requestsPerSecond());
            }
        }
        List<Done> all = new ArrayList<>(subjects);
        all.addAll(yardsticks);
        return new PairCell(
                cell.contender().architecture(),
                cell.contender().variant(),
                cell.inFlight(),
                Done.figure(Done.measured(subjects), Measured::requestsPerSecond),
                Done.figure(Done.measured(yardsticks), Measured::requestsPerSecond),
                Done.figure(ratios, ratio -> ratio),
                Done.worst(all),
                Done.reasons(all));
    }

    List<FaultCell> faults() {
        Map<Contender, List<Done>> controls = new LinkedHashMap<>();
        Map<FaultCells.Key, List<Done>> faults = new LinkedHashMap<>();
        for (Done trial : trials) {
            if (trial.spec() instanceof TrialSpec.Observed observed) {
                String fault = observed.fault();
                if (fault == null) {
                    add(controls, observed.contender(), trial);
                } else {
                    add(faults, new FaultCells.Key(observed.contender(), fault), trial);
                }
            }
        }
        return faults.entrySet().stream()
                .map(cell -> {
                    List<Done> ofThis = controls.getOrDefault(cell.getKey().contender(), List.of());
                    return FaultCells.of(cell.getKey(), cell.getValue(), ofThis);
                })
                .toList();
    }

    List<SoakCell> soaks() {
        return trials.stream()
                .filter(trial -> trial.spec() instanceof TrialSpec.Soaked)
                .map(trial -> new SoakCell(
                        trial.spec().contender().architecture(),
                        trial.spec().contender().variant(),
                        trial.record().soaked(),
                        trial.status(),
                        trial.record().trial().reason()))
                .toList();
    }

    private record DrivenCell(Contender contender, int inFlight) {}

    private Map<DrivenCell, List<Done>> cells(boolean bare) {
        Map<DrivenCell, List<Done>> cells = new LinkedHashMap<>();
        for (Done trial : trials) {
            if (trial.spec() instanceof TrialSpec.Driven driven && driven.bare() == bare) {
                add(cells, new DrivenCell(driven.contender(), driven.inFlight()), trial);
            }
        }
        return cells;
    }

    private static <K> void add(Map<K, List<Done>> groups, K key, Done trial) {
        groups.computeIfAbsent(key, any -> new ArrayList<>()).add(trial);
    }
}
