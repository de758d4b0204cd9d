package fourways.report;

import fourways.report.FaultCell.Moment;
import fourways.report.FaultMeasurement.Incident;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Load;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One trial seen from outside: a ledger in a JVM of its own, an observer that sends to all shards before, during and after a fault (or the same time without one),
 * and then the check of everything that was acknowledged.
 */
final class FaultTrial {

    /** 40 requests a second and shard, two in every bucket: a small part of what the slowest of the four carries. */
    private static final int REQUESTS_PER_SECOND = 2_560;

    /** As an init system would; a second time would say nothing more. */
    static final int MAX_RESTARTS = 1;

    private final TrialSpec.Observed spec;
    private final Order order;
    private final LedgerConfig config;
    private final EvenLoad load;
    private final Schedule schedule;
    private final Observer observer;
    private final RecoveryWatch watch;
    private final AlteredMemory altered = new AlteredMemory();
    private final TrialNews news;
    private volatile Injection injection;

    /** @param listener hears at once, on whichever thread sees it, what happens; null if nobody listens */
    FaultTrial(TrialSpec.Observed spec, Order order, List<Moment> notes, @Nullable Consumer<Moment> listener) {
        this.injection = new NoFault(spec.victimShard());
        this.spec = spec;
        this.order = order;
        this.config = order.config();
        this.load = new EvenLoad(Load.standard(config, order.seed()), config);
        this.schedule = new Schedule(REQUESTS_PER_SECOND, spec.effort().steady().plus(spec.patience()));
        this.observer = new Observer(load, config, schedule);
        this.news = new TrialNews(observer::nowMillis, notes, listener);
        this.watch = new RecoveryWatch(observer::nowMillis, news::tell);
    }

    /** @param raw where the raw data of the trial go */
    FaultMeasurement run(List<String> command, Path log, Path raw) throws IOException, InterruptedException {
        ServedLedger served =
                new ServedLedger(command, order.socket(), log, schedule.requests(), MAX_RESTARTS, new Redirection());
        try (watch;
                observer;
                served) {
            Ledger ledger = served.open();
            aim(served, command, log);
            observer.start(ledger);
            watch.begin();
            requireSteady(served.jvm());
            Survey survey = new Survey(config.shards(), injection.victims());
            Reach.Servers before = survey.neighbours(ledger);
            if (news.isFollowed()) {
                news.tellOfSteadyState(spec.victimShard(), survey.of(ledger, List.of(spec.victimShard())), before);
            }
            Struck struck = observe();
            watch.close();
            Ledger current = served.current();
            Reach.Servers after = current == null ? null : survey.neighbours(current);
            String failure = served.restartFailure();
            if (failure != null) {
                throw new TrialFailedException(failure);
            }
            return examine(served, struck, before, after, raw);
        } finally {
            injection.end();
        }
    }

    /** Once nothing is sent any more: what is left of the ledger, and what that makes of all that was seen. */
    private FaultMeasurement examine(
            ServedLedger served, Struck struck, Reach.Servers before, Reach.@Nullable Servers after, Path raw)
            throws IOException, InterruptedException {
        Aftermath aftermath = new Aftermath(served, config, news::note);
        aftermath.run(altered.cents(), injection);
        Audit audit = Audit.ofReadings(config, load, observer.history(), aftermath.readings());
        Incident incident = new Incident(
                        injection.victims(),
                        struck.atMillis(),
                        spec.effort().window(),
                        spec.fault() != null,
                        struck.proof(),
                        served.restarts(),
                        watch.sightings(),
                        Reach.of(before, after, audit.alteredShards(config)),
                        aftermath.operatorRestart(),
                        news.moments())
                .proven(aftermath.seenLater());
        Observation observation = observer.observation();
        int readings = aftermath.readings().size();
        RawFolder.write(
                raw,
                config,
                observer.allRequests(),
                observation,
                aftermath.readings(),
                RawTrial.of(spec, order, observer.requests(), incident, readings, audit));
        return Measuring.of(observation, incident.proven(injection.afterCheck()), observer.punctuality(), audit);
    }

    private void aim(ServedLedger served, List<String> command, Path log) throws IOException, InterruptedException {
        String fault = spec.fault();
        if (fault != null) {
            // Its ids follow the observer's.
            AtomicLong ids = new AtomicLong(schedule.requests());
            injection = Catalogue.entry(fault)
                    .at(new Target(
                            spec.victimShard(),
                            config,
                            served::current,
                            served.jvm(),
                            command,
                            order.socket(),
                            log,
                            ids));
        }
        injection.aim();
    }

    private void requireSteady(TrialJvm jvm) throws InterruptedException {
        Integer status = jvm.exitWithin(spec.effort().steady());
        if (status != null) {
            GracefulEnd.awaitOwnSignal(status);
            throw new TrialFailedException("the trial's JVM died before the fault, with exit status " + status);
        }
    }

    private Onlooker onlooker() {
        return new Onlooker(
                observer.history(),
                schedule,
                load,
                config,
                Set.copyOf(injection.victims()),
                observer::nowMillis,
                news::tell);
    }

    /** When the fault went in, and the proof that it did. */
    private record Struck(long atMillis, @Nullable String proof) {}

    private Struck strike() throws IOException, InterruptedException {
        long atMillis = spec.fault() == null ? observer.nowMillis() : news.noteInjected(spec.fault());
        injection.inflict();
        String proof = injection.proof();
        if (spec.fault() != null) {
            news.tellOfProof(proof);
        }
        return new Struck(atMillis, proof);
    }

    /** For the whole window, and then until all is well, but not for ever: what some faults do lasts. */
    private Struck observe() throws IOException, InterruptedException {
        Struck struck;
        try (Onlooker onlooker = onlooker()) {
            if (news.isFollowed()) {
                onlooker.start();
            }
            struck = strike();
            // What was in flight at the fault was sent before. The schedule ends by itself when patience does.
            observer.awaitSteady(
                    struck.atMillis() - Schedule.BUCKET_MILLIS,
                    struck.atMillis() + spec.watched().toMillis(),
                    Long.MAX_VALUE);
        }
        observer.end();
        observer.awaitEnd();
        return struck;
    }

    private final class Redirection implements ServedLedger.Listener {

        @Override
        public void started(TrialJvm jvm) {
            watch.started(jvm);
        }

        @Override
        public void said(String line) {
            watch.said(line);
            altered.said(line);
        }

        @Override
        public void died(int exitStatus) {
            observer.redirect(null);
            watch.died(exitStatus);
        }

        @Override
        public void restarting() throws IOException {
            injection.beforeRestart();
        }

        @Override
        public void restarted(Ledger ledger) {
            watch.restarted(ledger);
            observer.redirect(ledger);
        }
    }
}
