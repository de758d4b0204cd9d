package fourways.report;

import fourways.report.FaultCell.Control;
import fourways.report.FaultCell.Link;
import fourways.report.FaultCell.Moment;
import fourways.report.FaultCell.Neighbours;
import fourways.report.FaultCell.Timeline;
import fourways.report.FaultCell.Victim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Made-up results of the whole catalogue on every variant, in as many trials as a full run has: most cells as predicted, some not, and every other kind that there is. What flickers in the
 * lanes is random, but always the same.
 */
final class FullSample {

    /** As the architectures of this project call them; two of each are more than a screen was made for. */
    static final Map<String, List<String>> VARIANTS = Map.of(
            "process-isolation", List.of("plain", "hardened"),
            "shared-threads", List.of("plain", "virtual", "hardened"),
            "actor-model", List.of("plain", "virtual", "hardened"),
            "event-loop", List.of("plain", "hardened", "worker"));

    static final List<String> ORDER = List.of("process-isolation", "shared-threads", "actor-model", "event-loop");

    private static final int SHARDS = 64;
    private static final int VICTIM = 13;
    private static final int BUCKETS = 200;
    private static final int FAULT_AT = 40;
    private static final int BUCKET_MILLIS = 50;
    private static final int REPEATS = 3;

    private final Random random = new Random(42);
    private final List<FaultCell> cells = new ArrayList<>();
    private final List<Results.Trial> trials = new ArrayList<>();

    private FullSample() {}

    static Results results() {
        FullSample sample = new FullSample();
        Expectations.known().expectations().keySet().forEach(sample::add);
        Results some = PageSample.allValid();
        return new Results(
                Results.SCHEMA_VERSION,
                some.startedAt(),
                3_600_000,
                "full",
                false,
                List.of(),
                42,
                Figure.METHOD,
                some.machine(),
                some.parity(),
                some.throughput(),
                List.of(),
                List.of(),
                sample.cells,
                List.of(),
                sample.trials);
    }

    private void add(String fault) {
        for (String architecture : ORDER) {
            for (String variant : VARIANTS.getOrDefault(architecture, List.of())) {
                cells.add(cell(fault, architecture, variant));
                for (int repeat = 0; repeat < REPEATS; repeat++) {
                    int number = trials.size() + 1;
                    trials.add(new Results.Trial(
                            number,
                            "fault",
                            architecture,
                            variant,
                            fault,
                            "trials/%03d-fault-%s-%s-%s.json".formatted(number, architecture, variant, fault),
                            Status.VALID,
                            null,
                            9_000));
                }
            }
        }
    }

    private FaultCell cell(String fault, String architecture, String variant) {
        Expectation expected = Expectations.known().of(fault, architecture, variant);
        if (expected == null) {
            return without(fault, architecture, variant, Status.NOT_APPLICABLE, "there is no such process");
        }
        if (fault.equals("torn-journal") && variant.equals("virtual")) {
            return without(fault, architecture, variant, Status.INVALID, "did not fire: no proof was found");
        }
        Blast blast = expected.blast() == null ? Blast.NONE : expected.blast();
        Recovery recovery = expected.recovery() == null ? Recovery.BY_ITSELF : expected.recovery();
        if (fault.equals("blocking-call") && architecture.equals("event-loop") && variant.equals("plain")) {
            blast = Blast.ALL;
        }
        boolean slow = fault.equals("gc-pressure");
        boolean altered = fault.equals("wild-write");
        int hit = switch (blast) {
            case NONE -> 0;
            case SHARE -> 15;
            case ALL -> SHARDS - 1;
        };
        int outageMillis = recovery == Recovery.NOT_AT_ALL ? 8_000 : 100 + 50 * random.nextInt(30);
        return cell(
                fault,
                architecture,
                variant,
                slow || altered ? 0 : hit,
                slow ? hit : 0,
                altered ? hit : 0,
                slow || altered ? 0 : outageMillis,
                recovery);
    }

    private FaultCell cell(
            String fault,
            String architecture,
            String variant,
            int hit,
            int slowed,
            int altered,
            int outageMillis,
            Recovery recovery) {
        boolean back = recovery != Recovery.NOT_AT_ALL;
        boolean outside = recovery == Recovery.RESTARTED_FROM_OUTSIDE;
        double lost = outageMillis / 8_000.0;
        Figure outage = Figure.of(outageMillis, outageMillis * 1.05, outageMillis * 0.96);
        return new FaultCell(
                fault,
                architecture,
                variant,
                List.of(VICTIM),
                "process 4711, which ran shard 13, is gone, with exit status 137",
                new Victim(1, Figure.of(1 - lost, 1 - lost * 0.9, 1 - lost * 0.95), outage, back),
                new Neighbours(
                        SHARDS - 1,
                        Figure.of(hit, hit, hit),
                        share(hit),
                        Figure.of(slowed, slowed, Math.max(0, slowed - 1)),
                        share(slowed),
                        Figure.of(1 - lost * hit / SHARDS),
                        Figure.of(hit > SHARDS / 2 ? outageMillis : 0),
                        hit == 0 ? Figure.of(0, 0, 0) : outage,
                        back || hit == 0),
                Figure.of(1 - lost / 2, 1 - lost / 3),
                outside ? REPEATS : 0,
                new Control(1, 1, 0, 2_300L),
                48_000,
                List.of(),
                Writes.NONE,
                OperatorRestarts.NONE,
                chain(outageMillis, back, outside),
                Reach.of(
                        new Reach.Servers(List.of(4_711L), List.of(4_712L, 4_713L, 4_714L), 0),
                        new Reach.Servers(List.of(back ? 4_811L : 4_711L), List.of(4_812L, 4_813L), back ? 0 : 15),
                        IntStream.rangeClosed(0, altered)
                                .filter(shard -> shard != VICTIM && altered > 0)
                                .boxed()
                                .toList()),
                Status.VALID,
                null,
                List.of(
                        new Moment(fault + " injected", 2_000),
                        new Moment("process 4711 seen dead", 2_040),
                        new Moment("process 4811 serves shard 13", 2_040 + outageMillis / 2),
                        new Moment("all steady", 2_000 + outageMillis)),
                timeline(hit, outageMillis / BUCKET_MILLIS));
    }

    private static Figure share(int shards) {
        double share = shards / (SHARDS - 1.0);
        return Figure.of(share, share, share);
    }

    private static List<Link> chain(int outageMillis, boolean back, boolean outside) {
        Figure end = back && outageMillis > 0 ? Figure.of(outageMillis, outageMillis + 30, outageMillis + 10) : null;
        return List.of(
                new Link("injected", Figure.of(0, 0, 0), false),
                new Link("detected", Figure.of(38, 41, 44), false),
                new Link("killed", null, false),
                new Link("replacement up", end, outside),
                new Link("journal replayed", end, outside),
                new Link("first ok", end, outside),
                new Link("steady", end, outside));
    }

    private static FaultCell without(
            String fault, String architecture, String variant, Status status, @Nullable String reason) {
        FaultCell cell =
                MeasuredCell.of(fault, architecture, variant).status(status).cell();
        return new FaultCell(
                fault,
                architecture,
                variant,
                cell.victimShards(),
                null,
                null,
                null,
                null,
                0,
                null,
                0,
                List.of(),
                Writes.NONE,
                OperatorRestarts.NONE,
                List.of(),
                null,
                status,
                reason,
                List.of(),
                null);
    }

    /** Shards of one owner are four apart. */
    private Timeline timeline(int hit, int outageBuckets) {
        int to = Math.min(BUCKETS, FAULT_AT + outageBuckets);
        List<String> lanes = new ArrayList<>();
        int[] ok = new int[BUCKETS];
        for (int shard = 0; shard < SHARDS; shard++) {
            boolean isHit = hit > SHARDS / 2 || (hit > 0 && shard % 4 == VICTIM % 4);
            StringBuilder lane = new StringBuilder();
            for (int bucket = 0; bucket < BUCKETS; bucket++) {
                boolean down = bucket >= FAULT_AT && bucket < to && (isHit || shard == VICTIM);
                boolean edge = down && bucket > to - 4 && random.nextBoolean();
                lane.append(down ? (edge ? '4' : '0') : '9');
                ok[bucket] += shard == VICTIM || down ? 0 : 2;
            }
            lanes.add(lane.toString());
        }
        List<Integer> sent = IntStream.range(0, BUCKETS).map(i -> 2).boxed().toList();
        List<Integer> victimOk = IntStream.range(0, BUCKETS)
                .map(i -> i >= FAULT_AT && i < to ? 0 : 2)
                .boxed()
                .toList();
        List<Integer> all = IntStream.range(0, BUCKETS).map(i -> 126).boxed().toList();
        return new Timeline(
                BUCKET_MILLIS,
                FAULT_AT * BUCKET_MILLIS,
                sent,
                victimOk,
                all,
                IntStream.of(ok).boxed().toList(),
                lanes);
    }
}
