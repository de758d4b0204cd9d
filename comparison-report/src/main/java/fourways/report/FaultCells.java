package fourways.report;

import fourways.report.FaultCell.Link;
import fourways.report.FaultCell.Neighbours;
import fourways.report.FaultCell.Victim;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Makes one cell of the fault matrix from its trials and the fault-free controls beside them. */
final class FaultCells {

    private FaultCells() {}

    /** Repeats may have different victims. */
    record Key(Contender contender, String fault) {}

    static FaultCell of(Key key, List<Done> trials, List<Done> controls) {
        List<FaultMeasurement> observed = Done.observed(trials);
        NetOfControl net = new NetOfControl(Done.observed(controls));
        FaultMeasurement first = observed.isEmpty() ? null : observed.getFirst();
        List<FaultMeasurement> all = all(trials);
        return new FaultCell(
                key.fault(),
                key.contender().architecture(),
                key.contender().variant(),
                all.isEmpty() ? List.of() : all.getFirst().victimShards(),
                fired(all),
                first == null ? null : victim(observed, net),
                first == null ? null : neighbours(observed, net),
                Done.figure(observed, FaultMeasurement::crossShardAvailability),
                all.stream().mapToInt(FaultMeasurement::restartsFromOutside).sum(),
                first == null ? null : net.shown(first),
                all.stream().mapToLong(FaultMeasurement::checkedCommands).sum(),
                all.stream().flatMap(trial -> trial.violations().stream()).toList(),
                all.stream().map(FaultMeasurement::writes).reduce(Writes.NONE, Writes::plus),
                OperatorRestarts.of(all),
                chain(observed),
                first == null ? null : first.reach(),
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

    private static @Nullable String fired(List<FaultMeasurement> all) {
        for (FaultMeasurement trial : all) {
            if (trial.fired() != null) {
                return trial.fired();
            }
        }
        return null;
    }

    private static Victim victim(List<FaultMeasurement> trials, NetOfControl net) {
        return new Victim(
                trials.getFirst().victimShards().size(),
                figure(trials, trial -> net.availability(trial.victims(), trial.victimAvailability())),
                figure(trials, trial -> worstOutage(trial.victims(), net)),
                trials.stream().flatMap(trial -> trial.victims().stream()).allMatch(net::isRecovered));
    }

    private static Neighbours neighbours(List<FaultMeasurement> trials, NetOfControl net) {
        int shards = trials.getFirst().neighbours().size();
        return new Neighbours(
                shards,
                figure(trials, trial -> affected(trial, net)),
                figure(trials, trial -> affected(trial, net) / Math.max(1, shards)),
                net.knowsLatency() ? figure(trials, trial -> slowed(trial, net)) : null,
                net.knowsLatency() ? figure(trials, trial -> slowed(trial, net) / Math.max(1, shards)) : null,
                figure(trials, trial -> net.availability(trial.neighbours(), trial.neighbourAvailability())),
                figure(trials, trial -> medianOutage(trial.neighbours(), net)),
                figure(trials, trial -> worstOutage(trial.neighbours(), net)),
                trials.stream().flatMap(trial -> trial.neighbours().stream()).allMatch(net::isRecovered));
    }

    private static double affected(FaultMeasurement trial, NetOfControl net) {
        return trial.neighbours().stream().filter(net::isAffected).count();
    }

    private static double slowed(FaultMeasurement trial, NetOfControl net) {
        return trial.neighbours().stream().filter(net::isSlowed).count();
    }

    private static double medianOutage(List<ShardMeasurement> shards, NetOfControl net) {
        double[] millis = shards.stream().mapToDouble(net::outageMillis).toArray();
        return millis.length == 0 ? 0 : Figure.of(millis).median();
    }

    private static double worstOutage(List<ShardMeasurement> shards, NetOfControl net) {
        return shards.stream().mapToDouble(net::outageMillis).max().orElse(0);
    }

    /** Of trials of which there is at least one. */
    private static Figure figure(List<FaultMeasurement> trials, ToDoubleFunction<FaultMeasurement> quantity) {
        return Figure.of(trials.stream().mapToDouble(quantity).toArray());
    }

    private static List<Link> chain(List<FaultMeasurement> trials) {
        return trials.isEmpty()
                ? List.of()
                : Arrays.stream(ChainStep.values())
                        .map(step -> link(step.words(), trials))
                        .toList();
    }

    private static Link link(String step, List<FaultMeasurement> trials) {
        List<Long> afterMillis = new ArrayList<>();
        boolean fromOutside = false;
        for (FaultMeasurement trial : trials) {
            for (FaultMeasurement.Link link : trial.chain()) {
                Long atMillis = link.atMillis();
                if (link.step().equals(step) && atMillis != null) {
                    // A bucket may begin before the fault that is in it.
                    afterMillis.add(Math.max(0, atMillis - trial.timeline().faultAtMillis()));
                    fromOutside |= link.fromOutside();
                }
            }
        }
        return new Link(step, afterMillis.isEmpty() ? null : Figure.of(afterMillis), fromOutside);
    }
}
