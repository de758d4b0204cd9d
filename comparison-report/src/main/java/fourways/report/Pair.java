package fourways.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Two ledgers whose throughput is compared, and which are therefore driven in turns: what is asked about, and the yardstick for it.
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
}
