package fourways.report;

import fourways.report.FaultCell.Moment;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs trials one after the other and judges each. Whatever goes wrong in one is said in its record and does not touch the next. */
final class TrialRunner {

    /** Observed trials read all balances over the socket, and are about faults, not about size. */
    private static final int OBSERVED_ACCOUNTS = 6_400;

    /** Disturbances are the machine's doing, not the architecture's, and on a busy machine the next trial may be left alone. */
    private static final int MAX_REPEATS = 2;

    private final RunFolder folder;
    private final long seed;
    private final RunListener listener;
    private final DrivenTrials driven;

    TrialRunner(RunFolder folder, long seed, RunListener listener) {
        this.folder = folder;
        this.seed = seed;
        this.listener = listener;
        this.driven = new DrivenTrials(folder, seed);
    }

    /**
     * Runs one trial; when it returns or throws, no process of it is left.
     *
     * @throws InterruptedException if the run is to end
     * @throws IOException if the run's folder cannot be written
     */
    TrialRecord run(int number, TrialSpec spec) throws InterruptedException, IOException {
        long startNanos = System.nanoTime();
        Finding finding;
        try {
            finding = attempt(number, spec);
        } catch (InterruptedException e) {
            folder.deleteLedger(number);
            throw e;
        }
        // The journals of a ledger that lost something are evidence; of observed trials they are among the raw data,
        // and those of driven ones are large.
        if (!(spec instanceof TrialSpec.Soaked) || !finding.isViolated()) {
            folder.deleteLedger(number);
        }
        return record(number, spec, finding, Duration.ofNanos(System.nanoTime() - startNanos));
    }

    private Finding attempt(int number, TrialSpec spec) throws InterruptedException, IOException {
        Path log = folder.resolve(RunFolder.trialFile(number, spec, ".log"));
        try {
            return switch (spec) {
                case TrialSpec.Driven alone -> driven.alone(number, alone, log);
                case TrialSpec.InTurns inTurns -> driven.inTurns(number, inTurns, log);
                case TrialSpec.Observed observed -> observe(number, observed, log);
                case TrialSpec.Soaked soaked -> soak(number, soaked, log);
            };
        } catch (NotApplicableException e) {
            return Finding.notApplicable(e);
        } catch (IOException | RuntimeException e) {
            // An interrupt during input or output comes as an exception of that.
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException("interrupted: " + e);
            }
            appendTrace(log, e);
            return Finding.failed(e);
        }
    }

    private Order toServe(int number, Contender contender, int segmentBytes, int capacity) {
        return new Order(
                Order.Mode.SERVE,
                contender.architecture(),
                contender.variant(),
                folder.ledger(number),
                folder.socket(number),
                OBSERVED_ACCOUNTS,
                segmentBytes,
                capacity,
                seed,
                0,
                0,
                0);
    }

    private Finding soak(int number, TrialSpec.Soaked spec, Path log) throws IOException, InterruptedException {
        Order order = toServe(number, spec.contender(), Order.SMALL_SEGMENT_BYTES, Order.CAPACITY);
        return Finding.of(
                new SoakTrial(spec, order, listener::news).run(TrialCommand.of(spec.contender(), order), log));
    }

    private Finding observe(int number, TrialSpec.Observed spec, Path log) throws IOException, InterruptedException {
        String fault = spec.fault();
        Catalogue.Journals journals = fault == null
                ? Catalogue.Journals.ROOMY
                : Catalogue.entry(fault).journals();
        Order order = switch (journals) {
            case ROOMY -> toServe(number, spec.contender(), Order.SMALL_SEGMENT_BYTES, Order.CAPACITY);
            case TIGHT -> toServe(number, spec.contender(), Order.TIGHT_SEGMENT_BYTES, Order.LITTLE_CAPACITY);
        };
        Path raw = folder.resolve(RunFolder.trialFile(number, spec, RawFolder.SUFFIX));
        List<Moment> notes = new ArrayList<>();
        while (true) {
            FaultMeasurement observed = new FaultTrial(spec, order, notes, listener.moments(spec))
                    .run(TrialCommand.of(spec.contender(), order), log, raw);
            String disturbance = observed.disturbance();
            if (disturbance == null || !observed.violations().isEmpty() || notes.size() == MAX_REPEATS) {
                return Finding.of(spec, observed);
            }
            String again = "made again, for it said nothing before: " + disturbance;
            notes.add(new Moment(again, 0));
            listener.news(spec.label() + ": " + again);
            folder.deleteLedger(number);
        }
    }

    private TrialRecord record(int number, TrialSpec spec, Finding finding, Duration duration) {
        Results.Trial trial = new Results.Trial(
                number,
                spec.kind(),
                spec.contender().architecture(),
                spec.contender().variant(),
                spec.subject(),
                RunFolder.trialFile(number, spec, ".json"),
                finding.status(),
                finding.reason(),
                duration.toMillis());
        return new TrialRecord(
                Results.SCHEMA_VERSION,
                seed,
                trial,
                finding.measured(),
                finding.paired(),
                finding.observed(),
                finding.soaked());
    }

    private static void appendTrace(Path log, Exception e) throws IOException {
        try (PrintWriter writer =
                new PrintWriter(Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
            e.printStackTrace(writer);
        }
    }
}
