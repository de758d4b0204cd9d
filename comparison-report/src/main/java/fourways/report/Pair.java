package fourways.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Two kinds of trials whose throughput is compared with each other, and which are therefore made one directly after the other: what is asked about, and the yardstick for
 * it.
 *
 * @param bareYardstick whether the yardstick is the bare hop instead of the ledger
 */
record Pair(Contender subject, Contender yardstick, boolean bareYardstick) {

    /** Of each its ledger, and its bare hop as the yardstick. */
    static List<Pair> floors(Collection<Contender> contenders) {
        return contenders.stream()
                .map(contender -> new Pair(contender, contender, true))
                .toList();
    }

    /** Of each architecture that has both among these: the hardened variant, and the plain one as the yardstick. */
    static List<Pair> hardening(Collection<Contender> contenders) {
        List<Pair> pairs = new ArrayList<>();
        for (Contender hardened : contenders) {
            for (Contender plain : contenders) {
                if (hardened.isHardened() && plain.isPlain() && plain.isSiblingOf(hardened)) {
                    pairs.add(new Pair(hardened, plain, false));
                }
            }
        }
        return pairs;
    }

    /** The trials of both; who is first changes from fork to fork, so that neither has it better for that. */
    List<TrialSpec> trials(int inFlight, Effort effort, int fork) {
        TrialSpec of = new TrialSpec.Driven(subject, inFlight, false, effort);
        TrialSpec beside = new TrialSpec.Driven(yardstick, inFlight, bareYardstick, effort);
        return fork % 2 == 0 ? List.of(of, beside) : List.of(beside, of);
    }
}
