package fourways.report;

import fourways.report.Plan.Suffering;
import java.util.List;

/** Which faults a comparison injects where nobody asked for certain ones: those on which the ways differ most, and which fit into the time that people wait. */
final class FaultSample {

    /** On the first variant of each architecture. */
    static final List<String> STANDARD = List.of(
            "exception",
            "stack-overflow",
            "heap-exhaustion",
            "busy-loop",
            "poisoned-class",
            "wild-write",
            "kill",
            "overload");

    /** On the hardened variants too: something thrown, something stuck, something dead. */
    static final List<String> HARDENED = List.of("exception", "busy-loop", "kill");

    /** The one that asks for most: a death, a restart, a recovery, and that nothing is lost. A second one would take longer than a minute on two cores. */
    static final List<String> SMOKE = List.of("kill");

    private FaultSample() {}

    /** @param first the first variant of each architecture, or whichever else is to suffer all of them */
    static List<Suffering> of(List<Contender> first, List<Contender> withHardened) {
        return STANDARD.stream()
                .map(fault -> new Suffering(fault, HARDENED.contains(fault) ? withHardened : first))
                .toList();
    }
}
