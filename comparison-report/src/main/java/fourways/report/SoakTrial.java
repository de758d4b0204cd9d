package fourways.report;

import fourways.workload.Endurance;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.LiveBalances;
import fourways.workload.Load;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A ledger in a JVM of its own, under a steady light load to all shards, which something strikes every second for as long as is asked. In the end it must serve everywhere,
 * have kept every cent, and hold no more of anything than early on.
 *
 * <p>Strikes pause while the two looks at what it holds are taken, and until everybody is served; the load does not.
 */
final class SoakTrial {

    /** 20 requests a second and shard: a small part of what the slowest carries, and in ten minutes a history and journals that are checked in seconds. */
    private static final int REQUESTS_PER_SECOND = 1_280;

    /** What the slowest recovery takes: a worker or shard that failed too often in a row is left alone for ten seconds, and again if it fails then. */
    private static final Duration RECOVERY_PATIENCE = Duration.ofSeconds(45);

    /** For what has just been started, or has become superfluous, to settle. */
    private static final Duration SETTLE_PATIENCE = Duration.ofSeconds(30);

    private static final Duration SETTLE_INTERVAL = Duration.ofSeconds(2);

    /** Everything has been compiled and every pool has its threads; in a short soak after a fifth of it. */
    private static final Duration MAX_BASELINE = Duration.ofMinutes(1);

    private static final int BASELINE_PART = 5;
    private static final long SECOND = 1_000;
    private static final long NEWS_MILLIS = 10 * SECOND;
    private static final Duration READ_PATIENCE = Duration.ofSeconds(2);

    /** What one client may have in flight: what is sent in some seconds to shards that are silent. */
    private static final int MAX_IN_FLIGHT = 1 << 16;

    private final TrialSpec.Soaked spec;
    private final Order order;
    private final LedgerConfig config;
    private final EvenLoad load;
    private final Schedule schedule;
    private final Observer observer;
    private final Duration baseline;
    private final Consumer<String> news;

    /** @param news hears every ten seconds how it goes */
    SoakTrial(TrialSpec.Soaked spec, Order order, Consumer<String> news) {
        this.spec = spec;
        this.order = order;
        this.config = order.config();
        this.news = news;
        this.load = new EvenLoad(Load.standard(config, order.seed()), config);
        Duration fifth = spec.duration().dividedBy(BASELINE_PART);
        this.baseline = fifth.compareTo(MAX_BASELINE) < 0 ? fifth : MAX_BASELINE;
        // Two looks, each after a recovery; it ends when it is told to.
        this.schedule = new Schedule(
                REQUESTS_PER_SECOND,
                spec.duration().plus(RECOVERY_PATIENCE.plus(SETTLE_PATIENCE).multipliedBy(3)));
        this.observer = new Observer(load, config, schedule);
    }

    SoakMeasurement run(List<String> command, Path log) throws IOException, InterruptedException {
        // Nobody restarts it from outside: that is what is asked.
        ServedLedger served = new ServedLedger(
                command,
                order.socket(),
                log,
                Math.min(MAX_IN_FLIGHT, schedule.requests()),
                0,
                new ServedLedger.Listener() {});
        try (observer;
                served) {
            Ledger ledger = served.open();
            Endurance endurance = spec.contender().provider().endurance(config);
            SoakMix mix = new SoakMix(
                    endurance,
                    config.shards(),
                    Runtime.getRuntime().availableProcessors(),
                    baseline,
                    spec.duration(),
                    order.seed());
            SoakStrikes strikes = new SoakStrikes(ledger, served.jvm(), mix.faults(), schedule.requests());
            observer.start(ledger);
            SoakUsage before = strikeFor(served.jvm(), mix, strikes);
            long millis = observer.nowMillis();
            String unrecovered = awaitRecovery();
            List<SoakGrowth> growths = settle(served.jvm(), before, mix.spinning());
            observer.end();
            observer.awaitEnd();
            Audit audit = check(served);
            return measurement(millis, strikes, growths, unrecovered, audit);
        }
    }

    /** Strikes once a second; returns what the ledger held early on. */
    private SoakUsage strikeFor(TrialJvm jvm, SoakMix mix, SoakStrikes strikes)
            throws IOException, InterruptedException {
        SoakUsage before = null;
        long newsAt = NEWS_MILLIS;
        SoakMix.Strike last = null;
        for (long at = SECOND; at <= spec.duration().toMillis(); at = Math.max(at + SECOND, observer.nowMillis())) {
            Integer status = jvm.exitWithin(Duration.ofMillis(Math.max(0, at - observer.nowMillis())));
            if (status != null) {
                GracefulEnd.awaitOwnSignal(status);
                throw new TrialFailedException("the ledger's JVM died after " + PageWords.millis(observer.nowMillis())
                        + ", with exit status " + status + (last == null ? "" : ", struck last by " + last.fault()));
            }
            if (before == null && at >= baseline.toMillis()) {
                String unrecovered = awaitRecovery();
                if (unrecovered != null) {
                    throw new TrialFailedException("early on already " + unrecovered);
                }
                before = SoakUsage.whole(jvm.tree().alive());
            }
            last = mix.next(observer.nowMillis());
            strikes.strike(last);
            if (at >= newsAt) {
                news.accept(report(jvm, strikes));
                newsAt += NEWS_MILLIS;
            }
        }
        return before == null ? SoakUsage.whole(jvm.tree().alive()) : before;
    }

    private String report(TrialJvm jvm, SoakStrikes strikes) throws IOException {
        SoakUsage usage = SoakUsage.quick(jvm.tree().alive());
        int struck =
                strikes.tallies().stream().mapToInt(SoakStrikes.Tally::struck).sum();
        int fired =
                strikes.tallies().stream().mapToInt(SoakStrikes.Tally::fired).sum();
        return "%s: %d s, %d faults, %d proven, %d quarantined; %d processes, %d threads, %d descriptors"
                .formatted(
                        spec.contender().label(),
                        TimeUnit.MILLISECONDS.toSeconds(observer.nowMillis()),
                        struck,
                        fired,
                        strikes.quarantined(),
                        usage.processes(),
                        usage.threads(),
                        usage.descriptors());
    }

    /** Null when all shards serve, from now on and for a second. */
    private @Nullable String awaitRecovery() throws InterruptedException {
        long nowMillis = observer.nowMillis();
        return observer.awaitSteady(nowMillis, nowMillis, nowMillis + RECOVERY_PATIENCE.toMillis())
                ? null
                : "not all shards served for a second on end within " + RECOVERY_PATIENCE.toSeconds()
                        + " s of the last fault";
    }

    /** Looks until all is in bounds, or there was time enough for that. */
    private List<SoakGrowth> settle(TrialJvm jvm, SoakUsage before, int spinning)
            throws IOException, InterruptedException {
        long untilMillis = observer.nowMillis() + SETTLE_PATIENCE.toMillis();
        while (true) {
            List<SoakGrowth> growths =
                    SoakGrowth.of(before, SoakUsage.whole(jvm.tree().alive()), spinning);
            if (SoakGrowth.allWithinLimits(growths) || observer.nowMillis() > untilMillis) {
                return growths;
            }
            Integer status = jvm.exitWithin(SETTLE_INTERVAL);
            if (status != null) {
                throw new TrialFailedException(
                        "the ledger's JVM died after the last fault, with exit status " + status);
            }
        }
    }

    private Audit check(ServedLedger served) throws InterruptedException {
        Ledger current = served.current();
        LiveBalances live = current == null ? null : LiveBalances.read(current, config, READ_PATIENCE);
        served.stop();
        served.close();
        return Audit.of(config, load, observer.history(), live);
    }

    private SoakMeasurement measurement(
            long millis, SoakStrikes strikes, List<SoakGrowth> growths, @Nullable String unrecovered, Audit audit)
            throws IOException {
        Observation observation = observer.observation();
        List<Integer> all = IntStream.range(0, config.shards()).boxed().toList();
        return new SoakMeasurement(
                millis,
                observer.requests(),
                observation.availability(all, 0, observation.buckets()),
                strikes.tallies(),
                strikes.quarantined(),
                baseline.toMillis(),
                growths,
                unrecovered,
                SoakDisk.kibibytes(order.directory()),
                SoakDisk.limitKibibytes(config, audit.entries()),
                observer.punctuality(),
                audit.commands(),
                audit.violations());
    }
}
