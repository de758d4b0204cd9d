package fourways.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    List<FloorCell> floors() {
        Map<DrivenCell, List<Done>> ledgers = cells(false);
        return cells(true).entrySet().stream()
                .map(cell -> floor(cell.getKey(), ledgers.getOrDefault(cell.getKey(), List.of()), cell.getValue()))
                .toList();
    }

    /** The n-th trial of a ledger and the n-th of its bare hop are neighbours in time, and so make a pair. */
    private static FloorCell floor(DrivenCell cell, List<Done> ledgers, List<Done> floors) {
        List<Double> shares = new ArrayList<>();
        for (int i = 0; i < Math.min(ledgers.size(), floors.size()); i++) {
            List<Measured> pair = Done.measured(List.of(ledgers.get(i), floors.get(i)));
            if (pair.size() == 2) {
                shares.add(pair.getFirst().requestsPerSecond() / pair.getLast().requestsPerSecond());
            }
        }
        List<Done> both = new ArrayList<>(ledgers);
        both.addAll(floors);
        return new FloorCell(
                cell.contender().architecture(),
                cell.contender().variant(),
                cell.inFlight(),
                Done.figure(Done.measured(ledgers), Measured::requestsPerSecond),
                Done.figure(Done.measured(floors), Measured::requestsPerSecond),
                Done.figure(shares, share -> share),
                Done.worst(both),
                Done.reasons(both));
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
                    add(faults, new FaultCells.Key(observed.contender(), fault, observed.victimShard()), trial);
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
