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
            PairMeasurement paired = trial.record().paired();
            if (measured != null) {
                first.putIfAbsent(trial.spec().contender(), measured.parity());
            } else if (paired != null && trial.spec() instanceof TrialSpec.InTurns inTurns) {
                first.putIfAbsent(inTurns.contender(), paired.subject().parity());
                if (!inTurns.pair().bareYardstick()) {
                    first.putIfAbsent(
                            inTurns.pair().yardstick(), paired.yardstick().parity());
                }
            }
        }
        return List.copyOf(first.values());
    }

    List<ThroughputCell> throughput() {
        return cells(TrialSpec.Driven.class).entrySet().stream()
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

    /** Each ledger beside its bare hop, where they were driven in turns. */
    List<PairCell> floors() {
        return pairs(true);
    }

    /** Each hardened variant beside the plain one, where they were driven in turns. */
    List<PairCell> hardening() {
        return pairs(false);
    }

    private List<PairCell> pairs(boolean bareYardstick) {
        return cells(TrialSpec.InTurns.class).entrySet().stream()
                .filter(cell -> cell.getKey().pair().bareYardstick() == bareYardstick)
                .map(cell -> {
                    Collection<PairMeasurement> paired = Done.paired(cell.getValue());
                    return new PairCell(
                            cell.getKey().contender().architecture(),
                            cell.getKey().contender().variant(),
                            cell.getKey().inFlight(),
                            Done.figure(paired, pair -> pair.subject().requestsPerSecond()),
                            Done.figure(paired, pair -> pair.yardstick().requestsPerSecond()),
                            Done.figure(paired, PairMeasurement::medianOverYardstick),
                            Done.worst(cell.getValue()),
                            Done.reasons(cell.getValue()));
                })
                .toList();
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

    /** All that were asked for in the same words are one cell. */
    private <S extends TrialSpec> Map<S, List<Done>> cells(Class<S> kind) {
        Map<S, List<Done>> cells = new LinkedHashMap<>();
        for (Done trial : trials) {
            if (kind.isInstance(trial.spec())) {
                add(cells, kind.cast(trial.spec()), trial);
            }
        }
        return cells;
    }

    private static <K> void add(Map<K, List<Done>> groups, K key, Done trial) {
        groups.computeIfAbsent(key, any -> new ArrayList<>()).add(trial);
    }
}
