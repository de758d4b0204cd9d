package fourways.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Which trials a run makes, and in which order: always all contenders in turn, so that whatever drifts on the machine hits them alike. */
final class Plan {

    private static final int SHARDS = 64;

    /** Shards are spread over owners by their number: so each repeat strikes another one of four, and never the same shard twice. */
    private static final int VICTIM_STEP = 21;

    /** In the middle: where locks are taken in the order of the shards' numbers, only those numbered below a victim's may have to wait for it. */
    private static final int MIDDLE = SHARDS / 2;

    private Plan() {}

    /** A fault, and who is to suffer it. */
    record Suffering(String fault, List<Contender> sufferers) {

        /** Each fault once, in this order. */
        static List<Suffering> ofAll(List<String> faults, List<Contender> sufferers) {
            return faults.stream()
                    .distinct()
                    .map(fault -> new Suffering(fault, sufferers))
                    .toList();
        }
    }

    /** The throughput of all contenders; then in each repeat the controls of those that suffer anything, and the faults. */
    static List<TrialSpec> comparison(
            List<Contender> contenders, List<Suffering> sufferings, long seed, Effort effort) {
        List<TrialSpec> trials = new ArrayList<>();
        for (int fork = 0; fork < effort.forks(); fork++) {
            for (int inFlight : effort.inFlight()) {
                contenders.forEach(contender -> trials.add(new TrialSpec.Driven(contender, inFlight, effort)));
            }
        }
        for (int repeat = 0; repeat < effort.repeats(); repeat++) {
            int victimShard = victimShard(seed, repeat);
            sufferings.stream()
                    .flatMap(suffering -> suffering.sufferers().stream())
                    .distinct()
                    .forEach(contender -> trials.add(new TrialSpec.Observed(contender, null, victimShard, effort)));
            for (Suffering suffering : sufferings) {
                suffering
                        .sufferers()
                        .forEach(contender ->
                                trials.add(new TrialSpec.Observed(contender, suffering.fault(), victimShard, effort)));
            }
        }
        return trials;
    }

    /** One cell: the control, and the fault. */
    static List<TrialSpec> cell(Contender contender, String fault, long seed, Effort effort) {
        int victimShard = victimShard(seed, 0);
        return List.of(
                new TrialSpec.Observed(contender, null, victimShard, effort),
                new TrialSpec.Observed(contender, fault, victimShard, effort));
    }

    /** (32 + seed + 21 * repeat) mod 64. */
    static int victimShard(long seed, int repeat) {
        return Math.floorMod(MIDDLE + seed + (long) VICTIM_STEP * repeat, SHARDS);
    }

    /** Each pair with each number in flight, in every fork. */
    static List<TrialSpec> pairs(List<Pair> pairs, Effort effort) {
        List<TrialSpec> trials = new ArrayList<>();
        for (int fork = 0; fork < effort.forks(); fork++) {
            for (int inFlight : effort.inFlight()) {
                pairs.forEach(pair -> trials.add(new TrialSpec.InTurns(pair, inFlight, effort)));
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
