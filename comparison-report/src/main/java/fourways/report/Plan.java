package fourways.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Which trials a run makes, and in which order: always all contenders in turn, so that whatever drifts on the machine hits them alike. */
final class Plan {

    private static final int SHARDS = 64;

    private Plan() {}

    /** The throughput of all contenders, then the controls, then the faults on those that are to suffer them. */
    static List<TrialSpec> comparison(
            List<Contender> contenders, List<Contender> sufferers, List<String> faults, long seed, Effort effort) {
        List<TrialSpec> trials = new ArrayList<>();
        for (int fork = 0; fork < effort.forks(); fork++) {
            for (int inFlight : effort.inFlight()) {
                contenders.forEach(contender -> trials.add(new TrialSpec.Driven(contender, inFlight, false, effort)));
            }
        }
        int victimShard = Math.floorMod(seed, SHARDS);
        if (!faults.isEmpty()) {
            sufferers.forEach(contender -> trials.add(new TrialSpec.Observed(contender, null, victimShard, effort)));
        }
        for (String fault : faults) {
            sufferers.forEach(contender -> trials.add(new TrialSpec.Observed(contender, fault, victimShard, effort)));
        }
        return trials;
    }

    /** Each pair with each number in flight, in every fork. */
    static List<TrialSpec> pairs(List<Pair> pairs, Effort effort) {
        List<TrialSpec> trials = new ArrayList<>();
        for (int fork = 0; fork < effort.forks(); fork++) {
            for (int inFlight : effort.inFlight()) {
                for (Pair pair : pairs) {
                    trials.addAll(pair.trials(inFlight, effort, fork));
                }
            }
        }
        return trials;
    }

    /** One after the other. */
    static List<TrialSpec> soaks(List<Contender> contenders, Duration duration) {
        List<TrialSpec> trials = new ArrayList<>();
        contenders.forEach(contender -> trials.add(new TrialSpec.Soaked(contender, duration)));
        return trials;
    }
}
