package fourways.report;

import fourways.report.FaultCell.Control;
import fourways.report.FaultCell.Neighbours;
import fourways.report.FaultCell.Victim;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes one cell of the fault matrix from its trials and the fault-free control beside them. */
final class FaultCells {

    private FaultCells() {}

    record Key(Contender contender, String fault, int victimShard) {}

    static FaultCell of(Key key, List<Done> trials, List<Done> controls) {
        List<FaultMeasurement> observed = Done.observed(trials);
        List<FaultMeasurement> control = Done.observed(controls);
        FaultMeasurement first = observed.isEmpty() ? null : observed.getFirst();
        return new FaultCell(
                key.fault(),
                key.contender().architecture(),
                key.contender().variant(),
                key.victimShard(),
                fired(trials),
                victim(observed),
                neighbours(observed, affected(control)),
                Done.figure(observed, FaultMeasurement::crossShardAvailability),
                all(trials).stream()
                        .mapToInt(FaultMeasurement::restartsFromOutside)
                        .sum(),
                control(control),
                all(trials).stream()
                        .mapToLong(FaultMeasurement::checkedCommands)
                        .sum(),
                all(trials).stream()
                        .flatMap(trial -> trial.violations().stream())
                        .toList(),
                Done.worst(trials),
                Done.reasons(trials),
                first == null ? List.of() : first.moments(),
                first == null ? null : first.timeline());
    }

    /** Of all trials that came to their end, VALID or not. */
    private static List<FaultMeasurement> all(List<Done> trials) {
        List<FaultMeasurement> all = new ArrayList<>();
        for (Done trial : trials) {
            FaultMeasurement observed = trial.record().observed();
            if (observed != null) {
                all.add(observed);
            }
        }
        return all;
    }

    private static @Nullable String fired(List<Done> trials) {
        for (FaultMeasurement trial : all(trials)) {
            if (trial.fired() != null) {
                return trial.fired();
            }
        }
        return null;
    }

    private static @Nullable Victim victim(List<FaultMeasurement> trials) {
        Figure availability = Done.figure(trials, FaultMeasurement::victimAvailability);
        Figure outageMillis = Done.figure(trials, trial -> trial.victimOutage().millis());
        return availability == null || outageMillis == null
                ? null
                : new Victim(
                        availability,
                        outageMillis,
                        trials.stream().allMatch(trial -> trial.victimOutage().recovered()));
    }

    /** Net of the control: a neighbour that is not well without a fault either is not counted as hit by it. */
    private static @Nullable Neighbours neighbours(List<FaultMeasurement> trials, Set<Integer> affectedAnyway) {
        if (trials.isEmpty()) {
            return null;
        }
        int shards = trials.getFirst().neighbourOutages().size();
        double[] affected = trials.stream()
                .mapToDouble(trial -> trial.affectedNeighbours().stream()
                        .filter(shard -> !affectedAnyway.contains(shard))
                        .count())
                .toArray();
        double[] share = new double[affected.length];
        for (int i = 0; i < affected.length; i++) {
            share[i] = shards == 0 ? 0 : affected[i] / shards;
        }
        return new Neighbours(
                shards,
                Figure.of(affected),
                Figure.of(share),
                Figure.of(trials.stream()
                        .mapToDouble(FaultMeasurement::neighbourAvailability)
                        .toArray()),
                Figure.of(trials.stream().mapToDouble(FaultCells::medianOutage).toArray()),
                Figure.of(trials.stream().mapToDouble(FaultCells::worstOutage).toArray()),
                trials.stream()
                        .flatMap(trial -> trial.neighbourOutages().stream())
                        .allMatch(Outage::recovered));
    }

    private static double medianOutage(FaultMeasurement trial) {
        double[] millis =
                trial.neighbourOutages().stream().mapToDouble(Outage::millis).toArray();
        return millis.length == 0 ? 0 : Figure.of(millis).median();
    }

    private static double worstOutage(FaultMeasurement trial) {
        return trial.neighbourOutages().stream()
                .mapToDouble(Outage::millis)
                .max()
                .orElse(0);
    }

    private static Set<Integer> affected(Collection<FaultMeasurement> controls) {
        Set<Integer> affected = new HashSet<>();
        controls.forEach(control -> affected.addAll(control.affectedNeighbours()));
        return affected;
    }

    private static @Nullable Control control(List<FaultMeasurement> controls) {
        if (controls.isEmpty()) {
            return null;
        }
        FaultMeasurement first = controls.getFirst();
        return new Control(
                first.victimAvailability(),
                first.neighbourAvailability(),
                first.affectedNeighbours().size());
    }
}
