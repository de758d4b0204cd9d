package fourways.report;

import fourways.workload.BrokenArchitecture;
import fourways.workload.Command;
import fourways.workload.History;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.LiveBalances;
import fourways.workload.LiveReading;
import fourways.workload.Load;
import fourways.workload.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The raw data of a ledger that was really run, for tests: some thousand requests, of which the last few were not answered, or never sent. */
final class RawSample {

    static final int REQUESTS = 2_000;
    private static final int UNANSWERED = 20;
    private static final int UNSENT = 10;

    private static final long NANOS_PER_MICRO = 1_000;
    private static final Schedule SCHEDULE = new Schedule(2_560, Duration.ofSeconds(1));

    private RawSample() {}

    /** Runs one of the ledgers of {@link BrokenArchitecture} in the one directory and writes its raw data to the other. */
    static Audit write(Path ledger, Path folder, String variant) throws IOException, InterruptedException {
        return write(ledger, folder, variant, Map.of());
    }

    /** @param altered as in {@link LiveReading}; the ledger itself is not altered, but what was read from it is */
    static Audit write(Path ledger, Path folder, String variant, Map<Integer, Long> altered)
            throws IOException, InterruptedException {
        LedgerConfig config = LedgerConfig.in(ledger)
                .withAccounts(640, 64)
                .withSegments(1 << 16, true)
                .withVariant(variant);
        EvenLoad load = new EvenLoad(Load.standard(config, 1), config);
        History history = new History(REQUESTS);
        List<ObservedRequest> requests = new ArrayList<>();
        LiveBalances live;
        try (Ledger opened = new BrokenArchitecture().open(config)) {
            for (int id = 0; id < REQUESTS; id++) {
                requests.add(request(id, load.command(id), opened, history));
            }
            live = LiveBalances.read(opened, config, Duration.ofSeconds(20));
        }
        List<LiveReading> readings = new ArrayList<>();
        if (!altered.isEmpty()) {
            Map<Integer, Long> read = new HashMap<>();
            for (int account = 0; account < config.accounts(); account++) {
                read.put(account, live.cents(account) + altered.getOrDefault(account, 0L));
            }
            readings.add(new LiveReading(LiveBalances.of(config.accounts(), read), altered));
        }
        readings.add(LiveReading.of(live));
        Observation observation = new Observation(config.shards(), SCHEDULE.buckets());
        requests.stream()
                .filter(request -> !EvenLoad.crosses(request.command(), config))
                .forEach(request -> observation.add(config.shardOf(request.command()), request));
        Audit audit = Audit.ofReadings(config, load, history, readings);
        RawFolder.write(folder, config, requests, observation, readings, trial(config, variant, readings, audit));
        return audit;
    }

    private static ObservedRequest request(int id, Command command, Ledger ledger, History history) {
        long intendedMicros = SCHEDULE.intendedNanos(id) / NANOS_PER_MICRO;
        if (id >= REQUESTS - UNSENT) {
            return new ObservedRequest(command, intendedMicros, null, null, null, false);
        }
        history.sent(id);
        Outcome outcome = ledger.submit(command).join();
        if (id >= REQUESTS - UNSENT - UNANSWERED) {
            return new ObservedRequest(command, intendedMicros, intendedMicros + 1, null, null, false);
        }
        history.answered(id, outcome);
        return new ObservedRequest(command, intendedMicros, intendedMicros + 1, intendedMicros + 100, outcome, true);
    }

    private static RawTrial trial(LedgerConfig config, String variant, List<LiveReading> readings, Audit audit) {
        return new RawTrial(
                RawTrial.SCHEMA_VERSION,
                BrokenArchitecture.NAME,
                variant,
                "no fault",
                1,
                config.accounts(),
                config.shards(),
                config.initialBalanceCents(),
                Schedule.BUCKET_MILLIS,
                Schedule.DEADLINE.toMillis(),
                REQUESTS,
                List.of(3),
                null,
                100,
                50,
                750,
                readings.size() > 1 ? "its memory was altered" : null,
                readings.size(),
                audit.verdict());
    }
}
