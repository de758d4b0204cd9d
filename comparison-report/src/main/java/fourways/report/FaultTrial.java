package fourways.report;

import fourways.report.FaultCell.Moment;
import fourways.report.FaultMeasurement.Incident;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Load;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
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

    /** What the moment at which a fault goes in ends with, behind the fault's name. */
    static final String INJECTED = " injected";

    private final TrialSpec.Observed spec;
    private final Order order;
    private final LedgerConfig config;
    private final EvenLoad load;
    private final Schedule schedule;
    private final Observer observer;
    private final RecoveryWatch watch;
    private final AlteredMemory altered = new AlteredMemory();

    /** Far beyond the ids of the observer and of the injection. */
    private long firstSurveyId = 1L << 40;

    /** Written by this trial's thread and the attendant's; a handful. */
    private final List<Moment> moments;

    private final @Nullable Consumer<Moment> listener;

    private volatile Injection injection;

    /** @param listener hears at once, on whichever thread sees it, what happens; null if nobody listens */
    FaultTrial(TrialSpec.Observed spec, Order order, List<Moment> notes, @Nullable Consumer<Moment> listener) {
        this.listener = listener;
        this.injection = new NoFault(spec.victimShard());
        this.moments = new CopyOnWriteArrayList<>(notes);
        this.spec = spec;
        this.order = order;
        this.config = order.config();
        this.load = new EvenLoad(Load.standard(config, order.seed()), config);
        this.schedule = new Schedule(
                REQUESTS_PER_SECOND,
                spec.effort().steady().plus(atLeast(spec.effort().patience(), spec, Catalogue.Entry::patience)));
        this.observer = new Observer(load, config, schedule);
        this.watch = new RecoveryWatch(observer::nowMillis, this::tell);
    }

    /** What the trial gives any fault, or what this one needs if that is more. */
    private static Duration atLeast(
            Duration usual, TrialSpec.Observed spec, Function<Catalogue.Entry, Duration> needed) {
        String fault = spec.fault();
        Duration least = fault == null ? Duration.ZERO : needed.apply(Catalogue.entry(fault));
        return least.compareTo(usual) > 0 ? least : usual;
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
            Reach.Servers before = survey(ledger);
            tellOfSteadyState(ledger, before);
            Struck struck = observe();
            watch.close();
            Ledger current = served.current();
            Reach.Servers after = current == null ? null : survey(current);
            String failure = served.restartFailure();
            if (failure != null) {
                throw new TrialFailedException(failure);
            }
            Aftermath aftermath = new Aftermath(served, config, this::note);
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
                    List.copyOf(moments));
            incident = incident.proven(aftermath.seenLater());
            Observation observation = observer.observation();
            RawFolder.write(
                    raw,
                    config,
                    observer.allRequests(),
                    observation,
                    aftermath.readings(),
                    RawTrial.of(
                            spec,
                            order,
                            observer.requests(),
                            incident,
                            aftermath.readings().size(),
                            audit));
            return Measuring.of(observation, incident.proven(injection.afterCheck()), observer.punctuality(), audit);
        } finally {
            injection.end();
        }
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

    /** Who serves the neighbours at this moment. */
    private Reach.Servers survey(Ledger ledger) throws InterruptedException {
        return survey(
                ledger,
                IntStream.range(0, config.shards())
                        .filter(shard -> !injection.victims().contains(shard))
                        .boxed()
                        .toList());
    }

    private Reach.Servers survey(Ledger ledger, List<Integer> shards) throws InterruptedException {
        long firstId = firstSurveyId;
        firstSurveyId += shards.size();
        return Survey.of(ledger, shards, firstId);
    }

    private void tellOfSteadyState(Ledger ledger, Reach.Servers neighbours) throws InterruptedException {
        if (listener == null) {
            return;
        }
        Reach.Servers victim = survey(ledger, List.of(spec.victimShard()));
        tell(new Moment(
                "steady: shard %d, the victim, is served by thread %s of process %s, its neighbours by %s of %s"
                        .formatted(
                                spec.victimShard(),
                                inWords(victim.threads()),
                                inWords(victim.processes()),
                                PageWords.count(neighbours.threads().size(), "thread"),
                                neighbours.processes().size() == 1
                                        ? "process " + inWords(neighbours.processes())
                                        : neighbours.processes().size() + " processes"),
                observer.nowMillis()));
    }

    private static String inWords(List<Long> ids) {
        return ids.isEmpty()
                ? "(nobody said)"
                : PageWords.and(ids.stream().map(id -> Long.toString(id)).toList());
    }

    private Onlooker onlooker() {
        return new Onlooker(
                observer.history(),
                schedule,
                load,
                config,
                Set.copyOf(injection.victims()),
                observer::nowMillis,
                this::tell);
    }

    /** When the fault went in, and the proof that it did. */
    private record Struck(long atMillis, @Nullable String proof) {}

    private Struck strike() throws IOException, InterruptedException {
        long atMillis = spec.fault() == null ? observer.nowMillis() : note(spec.subject() + INJECTED);
        injection.inflict();
        String proof = injection.proof();
        if (spec.fault() != null) {
            tell(new Moment(
                    proof == null ? "no proof was found that it fired" : "fired: " + proof, observer.nowMillis()));
        }
        return new Struck(atMillis, proof);
    }

    /** For the whole window, and then until all is well, but not for ever: what some faults do lasts. */
    private Struck observe() throws IOException, InterruptedException {
        Struck struck;
        try (Onlooker onlooker = onlooker()) {
            if (listener != null) {
                onlooker.start();
            }
            struck = strike();
            // What was in flight at the fault was sent before. The schedule ends by itself when patience does.
            observer.awaitSteady(
                    struck.atMillis() - Schedule.BUCKET_MILLIS,
                    struck.atMillis()
                            + atLeast(spec.effort().window(), spec, Catalogue.Entry::window)
                                    .toMillis(),
                    Long.MAX_VALUE);
        }
        observer.end();
        observer.awaitEnd();
        return struck;
    }

    private long note(String what) {
        long atMillis = observer.nowMillis();
        Moment moment = new Moment(what, atMillis);
        moments.add(moment);
        tell(moment);
        return atMillis;
    }

    private void tell(Moment moment) {
        if (listener != null) {
            listener.accept(moment);
        }
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
