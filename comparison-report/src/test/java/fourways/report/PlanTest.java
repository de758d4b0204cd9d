package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.report.Plan.Suffering;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PlanTest {

    private static final Contender PLAIN = contender("a", Contender.PLAIN);
    private static final Contender HARDENED = contender("a", Contender.HARDENED);
    private static final Contender OTHER = contender("b", Contender.PLAIN);

    private static final Effort TWO_FORKS = new Effort(
            "any",
            2,
            3,
            List.of(64),
            1,
            Duration.ZERO,
            Duration.ofMillis(1),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO);

    @Test
    void hardenedVariantIsDrivenInTurnsWithThePlainOneOfItsArchitecture() {
        List<TrialSpec> plan = Plan.pairs(Pair.hardening(List.of(PLAIN, HARDENED, OTHER)), TWO_FORKS);

        TrialSpec both = new TrialSpec.InTurns(new Pair(HARDENED, PLAIN, false), 64, TWO_FORKS);
        assertEquals(List.of(both, both), plan);
        assertEquals("hardening of a:hardened, 64 in flight", both.label());
    }

    @Test
    void everyLedgerIsDrivenInTurnsWithItsOwnBareHop() {
        List<TrialSpec> plan = Plan.pairs(Pair.floors(List.of(PLAIN, OTHER)), TWO_FORKS);

        TrialSpec ofPlain = new TrialSpec.InTurns(new Pair(PLAIN, PLAIN, true), 64, TWO_FORKS);
        TrialSpec ofOther = new TrialSpec.InTurns(new Pair(OTHER, OTHER, true), 64, TWO_FORKS);
        assertEquals(List.of(ofPlain, ofOther, ofPlain, ofOther), plan);
        assertEquals("floor of b:plain, 64 in flight", ofOther.label());
    }

    /** Both warm up at once, and then each has its turns, while the other rests. */
    @Test
    void timeInWhichLedgersSettleIsPlanned() {
        TrialSpec both = new TrialSpec.InTurns(new Pair(HARDENED, PLAIN, false), 64, Effort.HARDENING);
        TrialSpec alone = new TrialSpec.Driven(PLAIN, 64, Effort.STANDARD);

        assertEquals(50 + 8_000 + 2 * 12 * (50 + 250) + 2 * 2_000, both.plannedMillis());
        assertEquals(50 + 2_000 + (50 + 1_200) + 2_000, alone.plannedMillis());
    }

    @Test
    void everyRepeatHasItsOwnVictimAndItsOwnControls() {
        List<TrialSpec> plan =
                Plan.comparison(List.of(), List.of(new Suffering("kill", List.of(PLAIN, OTHER))), 50, TWO_FORKS);

        assertEquals(
                List.of(
                        "no fault on a:plain, shard 18",
                        "no fault on b:plain, shard 18",
                        "kill on a:plain, shard 18",
                        "kill on b:plain, shard 18",
                        "no fault on a:plain, shard 39",
                        "no fault on b:plain, shard 39",
                        "kill on a:plain, shard 39",
                        "kill on b:plain, shard 39",
                        "no fault on a:plain, shard 60",
                        "no fault on b:plain, shard 60",
                        "kill on a:plain, shard 60",
                        "kill on b:plain, shard 60"),
                plan.stream().map(PlanTest::inWords).toList());
    }

    @Test
    void whoSuffersLessHasNoMoreTrialsThanThat() {
        List<Suffering> sufferings =
                List.of(new Suffering("kill", List.of(PLAIN, HARDENED)), new Suffering("exit", List.of(PLAIN)));

        List<TrialSpec> plan = Plan.comparison(List.of(PLAIN, HARDENED), sufferings, 1, Effort.STANDARD);

        assertEquals(6, plan.stream().filter(TrialSpec.Driven.class::isInstance).count());
        assertEquals(
                List.of(
                        "no fault on a:plain, shard 33",
                        "no fault on a:hardened, shard 33",
                        "kill on a:plain, shard 33",
                        "kill on a:hardened, shard 33",
                        "exit on a:plain, shard 33"),
                plan.stream()
                        .filter(TrialSpec.Observed.class::isInstance)
                        .map(PlanTest::inWords)
                        .toList());
    }

    /** Three repeats are to strike three of four owners, however those divide the shards among themselves. */
    @Test
    void victimsOfRepeatsDifferWhateverTheSeed() {
        for (long seed : new long[] {-1, 0, 1, 63, Long.MAX_VALUE}) {
            List<Integer> victims = IntStream.range(0, 3)
                    .mapToObj(repeat -> Plan.victimShard(seed, repeat))
                    .toList();

            assertEquals(3, victims.stream().map(shard -> shard % 4).distinct().count(), victims.toString());
            assertTrue(victims.stream().allMatch(shard -> shard >= 0 && shard < 64), victims.toString());
        }
    }

    @Test
    void sampleIsOfFaultsThatThereAre() {
        List<String> all = Catalogue.names();

        assertTrue(all.containsAll(FaultSample.STANDARD), FaultSample.STANDARD.toString());
        assertTrue(FaultSample.STANDARD.containsAll(FaultSample.HARDENED), FaultSample.HARDENED.toString());
        assertTrue(FaultSample.STANDARD.containsAll(FaultSample.SMOKE), FaultSample.SMOKE.toString());
    }

    /** As planned; what it takes is seen when it runs. */
    @Test
    void comparisonWithoutOptionsSamplesEightFaultsInLessThanEightMinutes() {
        List<Contender> first = Stream.of("a", "b", "c", "d")
                .map(name -> contender(name, Contender.PLAIN))
                .toList();
        List<Contender> all = first.stream()
                .flatMap(plain -> Stream.of(plain, contender(plain.architecture(), Contender.HARDENED)))
                .toList();

        List<TrialSpec> plan = Plan.comparison(all, FaultSample.of(first, all), 1, Effort.STANDARD);

        long millis = plan.stream().mapToLong(TrialSpec::plannedMillis).sum();
        assertTrue(millis < Duration.ofMinutes(8).toMillis(), Progress.inWords(Duration.ofMillis(millis)));
        for (Contender contender : all) {
            long faults = plan.stream()
                    .filter(spec ->
                            spec.contender().equals(contender) && spec.kind().equals("fault"))
                    .count();
            assertTrue(faults >= (contender.isHardened() ? 3 : 8), contender.label() + " suffers " + faults);
        }
    }

    private static String inWords(TrialSpec spec) {
        return spec instanceof TrialSpec.Observed observed
                ? spec.subject() + " on " + spec.contender().label() + ", shard " + observed.victimShard()
                : spec.label();
    }

    private static Contender contender(String architecture, String variant) {
        return new Contender(new UnopenedArchitecture(architecture), variant);
    }
}
