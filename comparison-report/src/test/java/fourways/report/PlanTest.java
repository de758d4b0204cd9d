package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlanTest {

    private static final Contender PLAIN = contender("a", Contender.PLAIN);
    private static final Contender HARDENED = contender("a", Contender.HARDENED);
    private static final Contender OTHER = contender("b", Contender.PLAIN);

    private static final Effort TWO_FORKS = new Effort(
            "any", 2, List.of(64), Duration.ZERO, Duration.ofMillis(1), Duration.ZERO, Duration.ZERO, Duration.ZERO);

    @Test
    void pairStaysTogetherAndWhoIsFirstChangesFromForkToFork() {
        List<TrialSpec> plan = Plan.pairs(Pair.hardening(List.of(PLAIN, HARDENED, OTHER)), TWO_FORKS);

        assertEquals(
                List.of(HARDENED, PLAIN, PLAIN, HARDENED),
                plan.stream().map(TrialSpec::contender).toList());
    }

    @Test
    void everyLedgerHasItsOwnBareHopBesideIt() {
        List<TrialSpec> plan = Plan.pairs(Pair.floors(List.of(PLAIN, OTHER)), TWO_FORKS);

        assertEquals(
                List.of(
                        "throughput of a:plain",
                        "floor of a:plain",
                        "throughput of b:plain",
                        "floor of b:plain",
                        "floor of a:plain",
                        "throughput of a:plain",
                        "floor of b:plain",
                        "throughput of b:plain"),
                plan.stream()
                        .map(spec -> spec.kind() + " of " + spec.contender().label())
                        .toList());
    }

    private static Contender contender(String architecture, String variant) {
        return new Contender(new UnopenedArchitecture(architecture), variant);
    }
}
