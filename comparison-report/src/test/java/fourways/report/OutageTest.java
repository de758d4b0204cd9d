package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Buckets are 50 ms, so a full second is 20 of them. */
final class OutageTest {

    private static final int BUCKETS = 120;
    private static final int FAULT = 40;

    @Test
    void noFaultIsNoOutage() {
        assertEquals(Outage.NONE, outage(bucket -> false));
    }

    @Test
    void outageLastsFromTheFirstBadBucketToTheFirstFullSecond() {
        assertEquals(new Outage(300, true, 2_050, 2_350), outage(bucket -> bucket >= 41 && bucket < 47));
    }

    /** One lucky bucket at 45 and 19 good ones from 51 on are no recovery; the full second begins at bucket 71. */
    @Test
    void firstLuckySuccessIsNoRecovery() {
        Set<Integer> bad = Set.of(41, 42, 43, 44, 46, 47, 48, 49, 50, 70);

        assertEquals(new Outage(1_500, true, 2_050, 3_550), outage(bad::contains));
    }

    /** Bad once in each second, to the end. */
    @Test
    void flappingShardNeverRecovers() {
        Set<Integer> bad = IntStream.iterate(45, bucket -> bucket < BUCKETS, bucket -> bucket + 19)
                .boxed()
                .collect(Collectors.toSet());

        assertEquals(new Outage(3_750, false, 2_250, -1), outage(bad::contains));
    }

    @Test
    void twoOutagesAddUp() {
        assertEquals(
                new Outage(500, true, 2_100, 4_100),
                outage(bucket -> (bucket >= 42 && bucket < 48) || (bucket >= 78 && bucket < 82)));
    }

    @Test
    void secondOutageThatDoesNotEndIsNoRecovery() {
        assertEquals(
                new Outage(300 + 2_000, false, 2_100, -1),
                outage(bucket -> (bucket >= 42 && bucket < 48) || bucket >= 80));
    }

    @Test
    void goodEndShorterThanASecondIsNoRecovery() {
        assertEquals(new Outage(4_000, false, 2_000, -1), outage(bucket -> bucket >= FAULT && bucket < 101));
        assertEquals(new Outage(3_000, true, 2_000, 5_000), outage(bucket -> bucket >= FAULT && bucket < 100));
    }

    @Test
    void whatWasBadBeforeTheFaultDoesNotCount() {
        assertEquals(Outage.NONE, outage(bucket -> bucket < FAULT));
    }

    private static Outage outage(IntPredicate isBad) {
        Observation observation = new Observation(2, BUCKETS);
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            // One of two requests is enough to make a bucket bad; the other shard is always bad and must not matter.
            observation.add(0, bucket, true);
            observation.add(0, bucket, !isBad.test(bucket));
            observation.add(1, bucket, false);
        }
        return Outage.of(observation, 0, FAULT);
    }
}
