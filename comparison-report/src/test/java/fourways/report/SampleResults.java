package fourways.report;

import fourways.report.FaultCell.Control;
import fourways.report.FaultCell.Link;
import fourways.report.FaultCell.Moment;
import fourways.report.FaultCell.Neighbours;
import fourways.report.FaultCell.Timeline;
import fourways.report.FaultCell.Victim;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Made-up results, small but with every kind of cell: good, invalid, failed, not fired, never recovered, one sample, several. */
final class SampleResults {

    private static final Reach REACH = Reach.of(
            new Reach.Servers(List.of(4_700L, 4_711L), List.of(4_701L, 4_712L), 0),
            new Reach.Servers(List.of(4_700L, 4_800L), List.of(4_701L, 4_801L), 0),
            List.of());

    private SampleResults() {}

    static Results sample() {
        return new Results(
                Results.SCHEMA_VERSION,
                Instant.parse("2025-01-02T03:04:05Z"),
                123_456,
                "standard",
                false,
                List.of(),
                42,
                Figure.METHOD,
                new Results.Machine(2, "Example CPU <\"1\"> & co.", 8_000, "6.1.0", "25.0.3+9"),
                List.of(
                        parity("process-isolation", "plain", 5, 4),
                        parity("shared-threads", "plain", 1, 1),
                        parity("shared-threads", "virtual", 1, 1),
                        parity("actor-model", "plain", 1, 1)),
                List.of(
                        throughput("process-isolation", "plain", Figure.of(700_000, 720_000, 690_000)),
                        throughput("shared-threads", "plain", Figure.of(2_000_000, 2_100_000, 2_050_000)),
                        throughput("shared-threads", "virtual", Figure.of(900_000)),
                        new ThroughputCell(
                                "actor-model",
                                "plain",
                                1_024,
                                null,
                                null,
                                null,
                                Status.INVALID,
                                "lost 1 command: id 7")),
                List.of(
                        new PairCell(
                                "shared-threads",
                                "plain",
                                64,
                                Figure.of(1_900_000, 2_000_000),
                                Figure.of(2_700_000, 2_800_000),
                                Figure.of(0.70, 0.71),
                                Status.VALID,
                                null),
                        new PairCell(
                                "actor-model", "plain", 64, null, null, null, Status.FAILED, "the JVM ended with 3")),
                List.of(
                        hardening("process-isolation", Figure.of(0.95, 0.96, 0.955)),
                        hardening("shared-threads", Figure.of(0.70, 0.71, 0.705)),
                        hardening("actor-model", Figure.of(0.80, 1.0, 0.9)),
                        hardening("event-loop", Figure.of(0.97))),
                List.of(
                        recovered("exception", "process-isolation", 0, 0),
                        recovered("kill", "process-isolation", 15, 0),
                        recovered("exception", "shared-threads", 0, 0),
                        neverRecovered(),
                        notFired()),
                List.of(),
                List.of(
                        new Results.Trial(
                                1,
                                "throughput",
                                "shared-threads",
                                "plain",
                                "1024 in flight",
                                "trials/001-throughput-shared-threads-plain.json",
                                Status.VALID,
                                null,
                                4_200),
                        new Results.Trial(
                                2,
                                "throughput",
                                "actor-model",
                                "plain",
                                "1024 in flight",
                                "trials/002-throughput-actor-model-plain.json",
                                Status.INVALID,
                                "lost 1 command: id 7",
                                4_100),
                        new Results.Trial(
                                3,
                                "fault",
                                "actor-model",
                                "plain",
                                "kill",
                                null,
                                Status.NOT_RUN,
                                "the run was interrupted",
                                0)));
    }

    /** With these cells instead of its own, and nothing else that was measured. */
    static Results withFaults(List<FaultCell> faults) {
        Results sample = sample();
        return new Results(
                sample.schemaVersion(),
                sample.startedAt(),
                sample.durationMillis(),
                sample.profile(),
                sample.interrupted(),
                List.of(),
                sample.seed(),
                sample.intervals(),
                sample.machine(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                faults,
                List.of(),
                sample.trials());
    }

    private static Results.Parity parity(String architecture, String variant, int processes, int serving) {
        return new Results.Parity(
                architecture, variant, processes, serving, 4, 40, 1_024, List.of("Parallel"), List.of("-Xmx1g"));
    }

    private static ThroughputCell throughput(String architecture, String variant, Figure requestsPerSecond) {
        return new ThroughputCell(
                architecture,
                variant,
                1_024,
                requestsPerSecond,
                Figure.of(1.5, 1.6, 1.4),
                Figure.of(300, 310, 305),
                Status.VALID,
                null);
    }

    private static PairCell hardening(String architecture, Figure ratio) {
        Figure rate = Figure.of(2_000_000, 2_010_000, 1_990_000);
        return new PairCell(architecture, "hardened", 64, rate, rate, ratio, Status.VALID, null);
    }

    private static FaultCell recovered(String fault, String architecture, int affected, int restarts) {
        return new FaultCell(
                fault,
                architecture,
                "plain",
                List.of(13),
                "process 4711, which ran shard 13, is dead",
                new Victim(1, Figure.of(0.95), Figure.of(400), true),
                new Neighbours(
                        63,
                        Figure.of(affected),
                        Figure.of(affected / 63.0),
                        Figure.of(3),
                        Figure.of(3 / 63.0),
                        Figure.of(0.99),
                        Figure.of(0),
                        Figure.of(affected == 0 ? 0 : 380),
                        true),
                Figure.of(0.97),
                restarts,
                new Control(1, 1, 0, 2_000L),
                48_000,
                List.of(),
                Writes.NONE,
                OperatorRestarts.NONE,
                chain(400),
                REACH,
                Status.VALID,
                null,
                List.of(new Moment("injected", 2_000), new Moment("victim ok again", 2_400)),
                timeline(affected > 0));
    }

    private static FaultCell neverRecovered() {
        return new FaultCell(
                "busy-loop",
                "event-loop",
                "plain",
                List.of(13),
                "thread 4712 (loop-1) is still running and used 1,900 ms of CPU since",
                new Victim(1, Figure.of(0), Figure.of(6_000), false),
                new Neighbours(
                        63,
                        Figure.of(15),
                        Figure.of(15 / 63.0),
                        null,
                        null,
                        Figure.of(0.76),
                        Figure.of(0),
                        Figure.of(6_000),
                        false),
                Figure.of(0.5),
                1,
                null,
                47_000,
                List.of(),
                Writes.NONE,
                OperatorRestarts.NONE,
                chain(null),
                Reach.UNKNOWN,
                Status.VALID,
                null,
                List.of(new Moment("injected", 2_000)),
                timeline(true));
    }

    private static FaultCell notFired() {
        return new FaultCell(
                "exit",
                "actor-model",
                "plain",
                List.of(13),
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
                Status.INVALID,
                "did not fire: the process still runs",
                List.of(),
                null);
    }

    /** Null if it never was steady again. */
    private static List<Link> chain(@Nullable Integer steadyMillis) {
        return List.of(
                new Link("injected", Figure.of(0), false),
                new Link("detected", Figure.of(12), false),
                new Link("killed", null, false),
                new Link("replacement up", Figure.of(200), true),
                new Link("journal replayed", Figure.of(300), true),
                new Link("first ok", Figure.of(350), true),
                new Link("steady", steadyMillis == null ? null : Figure.of(steadyMillis), true));
    }

    private static Timeline timeline(boolean neighboursToo) {
        List<Integer> victimSent = IntStream.range(0, 120).map(i -> 2).boxed().toList();
        List<Integer> victimOk = IntStream.range(0, 120)
                .map(i -> i >= 40 && i < 48 ? 0 : 2)
                .boxed()
                .toList();
        List<Integer> neighboursSent =
                IntStream.range(0, 120).map(i -> 126).boxed().toList();
        List<Integer> neighboursOk = IntStream.range(0, 120)
                .map(i -> neighboursToo && i >= 40 && i < 48 ? 96 : 126)
                .boxed()
                .toList();
        List<String> lanes = IntStream.range(0, 64)
                .mapToObj(shard -> shard == 13 || (neighboursToo && shard % 4 == 1)
                        ? "9".repeat(40) + "0".repeat(8) + "9".repeat(72)
                        : "9".repeat(120))
                .toList();
        return new Timeline(50, 2_000, victimSent, victimOk, neighboursSent, neighboursOk, lanes);
    }
}
