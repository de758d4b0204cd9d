package fourways.report;

import fourways.report.FaultCell.Control;
import fourways.report.FaultCell.Link;
import fourways.report.FaultCell.Moment;
import fourways.report.FaultCell.Neighbours;
import fourways.report.FaultCell.Timeline;
import fourways.report.FaultCell.Victim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Made-up results of the size of a real run: every architecture, every fault, and on request everything that can go wrong with either. */
final class PageSample {

    /** What a plug-in might call itself, and what an exception might say. */
    static final String HOSTILE = "</script><img src=x onerror=alert(1)>\"'`<!--${7*7}{{x}}\u001b[31m|";

    private static final int NEIGHBOURS = 63;
    private static final int BUCKETS = 160;
    private static final int FAULT_AT_MILLIS = 2_000;
    private static final List<String> ALL = List.of("process-isolation", "shared-threads", "actor-model", "event-loop");

    private final List<ThroughputCell> throughput = new ArrayList<>();
    private final List<FaultCell> faults = new ArrayList<>();
    private final List<Results.Trial> trials = new ArrayList<>();
    private final List<Results.Parity> parity = new ArrayList<>();
    private final List<PairCell> floors = new ArrayList<>();
    private final List<PairCell> hardening = new ArrayList<>();

    private PageSample() {}

    static Results allValid() {
        PageSample sample = new PageSample();
        sample.run();
        return sample.results(false);
    }

    /** The same with a lost command, a fault that did not fire, a JVM that failed, an interruption, and a hostile plug-in. */
    static Results troubled() {
        PageSample sample = new PageSample();
        sample.run();
        sample.trouble();
        return sample.results(true);
    }

    private void run() {
        for (String architecture : ALL) {
            subject(architecture, "plain");
            if (architecture.equals("shared-threads")) {
                subject(architecture, "virtual");
            }
        }
        for (String fault : List.of("exception", "busy-loop", "exit", "kill")) {
            for (Results.Parity row : List.copyOf(parity)) {
                faults.add(fault(fault, row.architecture(), row.variant()));
                trial("fault", row.architecture(), row.variant(), fault, Status.VALID, null);
            }
        }
    }

    private void subject(String architecture, String variant) {
        int index = parity.size();
        boolean processes = architecture.equals("process-isolation");
        parity.add(new Results.Parity(
                architecture,
                variant,
                processes ? 5 : 1,
                processes ? 4 : 1,
                4,
                38 + index,
                1_024,
                List.of("Parallel"),
                List.of("-Xmx1g", "-XX:+UseParallelGC", "--enable-native-access=ALL-UNNAMED")));
        for (int inFlight : new int[] {64, 1_024}) {
            double rate = (inFlight == 64 ? 0.62e6 : 1.21e6) * (1 + 0.45 * index);
            throughput.add(new ThroughputCell(
                    architecture,
                    variant,
                    inFlight,
                    Figure.of(rate, rate * 1.03, rate * 0.98, rate * 1.01, rate * 0.99),
                    Figure.of(3.4 - index * 0.4, 3.5 - index * 0.4, 3.45 - index * 0.4),
                    Figure.of(412 - index * 20, 415 - index * 20, 409 - index * 20),
                    Status.VALID,
                    null));
            floors.add(new PairCell(
                    architecture,
                    variant,
                    inFlight,
                    Figure.of(rate, rate * 1.02, rate * 0.99),
                    Figure.of(rate * 1.4, rate * 1.42, rate * 1.39),
                    Figure.of(0.70, 0.72, 0.71),
                    Status.VALID,
                    null));
            trial("throughput", architecture, variant, PageWords.count(inFlight) + " in flight", Status.VALID, null);
        }
    }

    private void trial(
            String kind, String architecture, String variant, String subject, Status status, @Nullable String reason) {
        int number = trials.size() + 1;
        String file =
                status == Status.NOT_RUN ? null : String.format("trials/%03d-%s-%s.json", number, kind, architecture);
        trials.add(
                new Results.Trial(number, kind, architecture, variant, subject, file, status, reason, 4_000 + number));
    }

    private static FaultCell fault(String fault, String architecture, String variant) {
        boolean processes = architecture.equals("process-isolation");
        return switch (fault) {
            case "exception" -> cell(fault, architecture, variant, 0, 0, true, 0);
            case "busy-loop" ->
                processes
                        ? cell(fault, architecture, variant, 15, 850, true, 0)
                        : cell(fault, architecture, variant, 15, 6_000, false, 0);
            default ->
                processes
                        ? cell(fault, architecture, variant, 15, 350, true, 0)
                        : cell(fault, architecture, variant, NEIGHBOURS, 1_400, true, 1);
        };
    }

    private static FaultCell cell(
            String fault,
            String architecture,
            String variant,
            int hit,
            int outageMillis,
            boolean recovered,
            int restarts) {
        double lost = (double) outageMillis / (BUCKETS * 50 - FAULT_AT_MILLIS);
        List<Moment> moments = new ArrayList<>(List.of(new Moment("fault injected", FAULT_AT_MILLIS)));
        if (restarts > 0) {
            moments.add(new Moment("the trial's JVM was seen dead", FAULT_AT_MILLIS + 40));
            moments.add(new Moment("the trial's JVM was started again", FAULT_AT_MILLIS + 60));
        }
        if (recovered) {
            moments.add(new Moment("victim ok again", FAULT_AT_MILLIS + outageMillis));
        }
        return new FaultCell(
                fault,
                architecture,
                variant,
                List.of(13),
                "process 4711, which ran shard 13, is dead",
                new Victim(
                        1,
                        Figure.of(1 - lost, 1 - lost * 1.02, 1 - lost * 0.97),
                        Figure.of(outageMillis, outageMillis * 1.05, outageMillis * 0.98),
                        recovered),
                new Neighbours(
                        NEIGHBOURS,
                        Figure.of(hit, hit, hit),
                        Figure.of(hit / 63.0, hit / 63.0, hit / 63.0),
                        Figure.of(hit, hit, hit),
                        Figure.of(hit / 63.0, hit / 63.0, hit / 63.0),
                        Figure.of(1 - lost * hit / 63, 1 - lost * hit / 62, 1 - lost * hit / 64),
                        Figure.of(hit > 32 ? outageMillis : 0),
                        Figure.of(hit > 0 ? outageMillis : 0, hit > 0 ? outageMillis + 50 : 0),
                        recovered || hit == 0),
                Figure.of(1 - lost),
                restarts,
                new Control(1, 1, 0, 2_000L),
                48_000,
                List.of(),
                Writes.NONE,
                OperatorRestarts.NONE,
                chain(outageMillis, recovered, restarts > 0),
                Reach.of(
                        new Reach.Servers(List.of(4_711L), List.of(4_712L, 4_713L), 0),
                        new Reach.Servers(List.of(4_711L), List.of(4_712L, 4_714L), 0),
                        List.of()),
                Status.VALID,
                null,
                moments,
                timeline(hit, outageMillis));
    }

    private static Timeline timeline(int hit, int outageMillis) {
        int from = FAULT_AT_MILLIS / 50;
        int to = from + outageMillis / 50;
        return new Timeline(
                50,
                FAULT_AT_MILLIS,
                IntStream.range(0, BUCKETS).map(i -> 2).boxed().toList(),
                IntStream.range(0, BUCKETS)
                        .map(i -> i == from ? 1 : i > from && i < to ? 0 : 2)
                        .boxed()
                        .toList(),
                IntStream.range(0, BUCKETS).map(i -> 126).boxed().toList(),
                IntStream.range(0, BUCKETS)
                        .map(i -> i >= from && i < to ? 126 - 2 * hit : 126)
                        .boxed()
                        .toList(),
                IntStream.rangeClosed(0, NEIGHBOURS)
                        .mapToObj(shard -> lane(shard == 13 || shard < hit, from, to))
                        .toList());
    }

    private static String lane(boolean hit, int from, int to) {
        return hit && to > from
                ? "9".repeat(from) + "0".repeat(to - from) + "9".repeat(BUCKETS - to)
                : "9".repeat(BUCKETS);
    }

    private static List<Link> chain(int outageMillis, boolean recovered, boolean fromOutside) {
        Figure steady = recovered && outageMillis > 0 ? Figure.of(outageMillis) : null;
        return List.of(
                new Link("injected", Figure.of(0), false),
                new Link("detected", Figure.of(40, 45), fromOutside),
                new Link("killed", null, false),
                new Link("replacement up", steady, fromOutside),
                new Link("journal replayed", steady, fromOutside),
                new Link("first ok", steady, fromOutside),
                new Link("steady", steady, fromOutside));
    }

    private void trouble() {
        String lost = "lost 1 command: id 7, a deposit to account 4,711";
        // One fork of several failed the checker: there are figures of the others, and they count for nothing.
        ThroughputCell sound = throughput.get(7);
        throughput.set(
                7,
                new ThroughputCell(
                        sound.architecture(),
                        sound.variant(),
                        sound.inFlight(),
                        sound.requestsPerSecond(),
                        sound.cpuMicrosPerRequest(),
                        sound.rssMebibytes(),
                        Status.INVALID,
                        lost));
        trial("throughput", "actor-model", "plain", "1,024 in flight", Status.INVALID, lost);
        floors.set(
                9, new PairCell("event-loop", "plain", 1_024, null, null, null, Status.FAILED, "the JVM ended with 3"));
        trial("floor", "event-loop", "plain", "1,024 in flight", Status.FAILED, "the JVM ended with 3");
        FaultCell exit = faults.get(13);
        faults.set(13, withoutFigures(exit, Status.INVALID, "the process still runs after 2 s", List.of()));
        trial(
                "fault",
                exit.architecture(),
                exit.variant(),
                exit.fault(),
                Status.INVALID,
                "the process still runs after 2 s");
        FaultCell kill = faults.get(17);
        faults.set(17, withoutFigures(kill, Status.INVALID, lost, List.of(lost, "1,200 cents are missing")));
        trial("fault", kill.architecture(), kill.variant(), kill.fault(), Status.INVALID, lost);
        faults.removeLast();
        hostile();
    }

    private void hostile() {
        trial("fault", HOSTILE, HOSTILE, HOSTILE, Status.NOT_RUN, HOSTILE);
        throughput.add(
                new ThroughputCell(HOSTILE, HOSTILE, 64, Figure.of(5), Figure.of(5), Figure.of(5), Status.VALID, null));
        parity.add(new Results.Parity(HOSTILE, HOSTILE, 1, 1, 1, 1, 1, List.of(HOSTILE), List.of(HOSTILE)));
        FaultCell template = cell(HOSTILE, HOSTILE, HOSTILE, 3, 100, true, 0);
        faults.add(new FaultCell(
                HOSTILE,
                HOSTILE,
                HOSTILE,
                List.of(13),
                HOSTILE,
                template.victim(),
                template.neighbours(),
                null,
                0,
                null,
                5,
                List.of(),
                Writes.NONE,
                OperatorRestarts.NONE,
                List.of(new Link(HOSTILE, Figure.of(7), false)),
                Reach.UNKNOWN,
                Status.VALID,
                null,
                List.of(new Moment(HOSTILE, 2_100)),
                template.timeline()));
        faults.add(withoutFigures(
                cell("kill", HOSTILE, HOSTILE, 0, 0, true, 0), Status.FAILED, HOSTILE, List.of(HOSTILE)));
    }

    private static FaultCell withoutFigures(FaultCell of, Status status, String reason, List<String> violations) {
        return new FaultCell(
                of.fault(),
                of.architecture(),
                of.variant(),
                of.victimShards(),
                violations.isEmpty() ? null : of.fired(),
                null,
                null,
                null,
                0,
                null,
                0,
                violations,
                new Writes(violations.size(), 0, 0),
                OperatorRestarts.NONE,
                List.of(),
                null,
                status,
                reason,
                List.of(),
                null);
    }

    private Results results(boolean interrupted) {
        return new Results(
                Results.SCHEMA_VERSION,
                Instant.parse("2025-01-02T03:04:05Z"),
                312_456,
                "standard",
                interrupted,
                List.of(),
                42,
                Figure.METHOD,
                new Results.Machine(2, "Example CPU <1> & co.", 24_000, "Linux 6.1.0", "25.0.3+9"),
                parity,
                throughput,
                floors,
                hardening,
                faults,
                List.of(),
                trials);
    }
}
