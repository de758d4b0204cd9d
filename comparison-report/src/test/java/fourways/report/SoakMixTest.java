package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.report.SoakMix.Strike;
import fourways.workload.Endurance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Ten minutes of strikes, of which none is inflicted. */
final class SoakMixTest {

    private static final int SECONDS = 600;
    private static final int BASELINE = 60;
    private static final int MAX_HELD = 8;

    @Test
    void whoeverClaimsNothingIsStruckByExceptionsAndPoisonOnly() {
        SoakMix mix = mix(Endurance.ofExceptions(), 4);

        assertEquals(Set.of("exception", "poison"), new TreeSet<>(faults(strikes(mix))));
        assertEquals(List.of("exception", "poison"), mix.faults());
    }

    @Test
    void whoeverSurvivesAnExitIsAlsoKilledAndFrozenAndNothingHoldsAThread() {
        SoakMix mix = mix(Endurance.ofProcesses(), 4);

        List<String> faults = faults(strikes(mix));

        assertEquals(new TreeSet<>(mix.faults()), new TreeSet<>(faults));
        assertTrue(faults.containsAll(List.of("exit", "kill", "freeze", "busy-loop", "blocking-call", "poison")));
        assertTrue(faults.stream().filter("busy-loop"::equals).count() > 10);
        assertEquals(0, mix.spinning());
    }

    @Test
    void noMoreThreadsAreHeldThanCanBeReplaced() {
        List<Strike> strikes = strikes(mix(Endurance.ofOneProcess(MAX_HELD), 4));

        int most = 0;
        for (int now = 0; now < SECONDS; now++) {
            List<String> before = faults(strikes.subList(0, now + 1));
            List<String> lately = faults(strikes.subList(Math.max(0, now - 30), now + 1));
            long held = before.stream().filter("busy-loop"::equals).count()
                    + lately.stream().filter("blocking-call"::equals).count();
            assertTrue(held <= MAX_HELD, held + " after " + now + " s");
            most = Math.max(most, (int) held);
        }
        assertEquals(MAX_HELD, most, "the bound is made use of");
    }

    @Test
    void nothingIsHeldWhileGrowthIsMeasuredButWhatIsHeldForGood() {
        List<String> faults = faults(strikes(mix(Endurance.ofOneProcess(MAX_HELD), 4)));

        for (String held : List.of("busy-loop", "blocking-call")) {
            assertFalse(faults.subList(0, BASELINE).contains(held), held);
            assertFalse(faults.subList(SECONDS - 35, SECONDS).contains(held), held);
        }
    }

    @Test
    void halfOfTheCoresAreLeftToOthers() {
        for (int cores : new int[] {1, 2, 8}) {
            SoakMix mix = mix(Endurance.ofOneProcess(MAX_HELD), cores);

            List<String> faults = faults(strikes(mix));

            assertEquals(cores / 2, faults.stream().filter("busy-loop"::equals).count());
            assertEquals(cores / 2, mix.spinning());
        }
    }

    @Test
    void sameSeedChoosesTheSame() {
        assertEquals(strikes(mix(Endurance.ofProcesses(), 4)), strikes(mix(Endurance.ofProcesses(), 4)));
        assertNotEquals(strikes(mix(Endurance.ofProcesses(), 4)), strikes(mix(Endurance.ofProcesses(), 4, 2)));
    }

    @Test
    void everyShardIsStruck() {
        assertEquals(
                16,
                strikes(mix(Endurance.ofExceptions(), 4)).stream()
                        .map(Strike::shard)
                        .distinct()
                        .count());
    }

    private static SoakMix mix(Endurance endurance, int cores) {
        return mix(endurance, cores, 1);
    }

    private static SoakMix mix(Endurance endurance, int cores, long seed) {
        return new SoakMix(endurance, 16, cores, Duration.ofSeconds(BASELINE), Duration.ofSeconds(SECONDS), seed);
    }

    private static List<Strike> strikes(SoakMix mix) {
        List<Strike> strikes = new ArrayList<>();
        for (int second = 0; second < SECONDS; second++) {
            strikes.add(mix.next(second * 1_000L));
        }
        return strikes;
    }

    private static List<String> faults(List<Strike> strikes) {
        return strikes.stream().map(Strike::fault).toList();
    }
}
