package fourways.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs the trials in which a ledger is driven from within its JVM: alone, or in turns with its yardstick. */
final class DrivenTrials {

    private static final int ACCOUNTS = 100_000;

    /** Far beyond what each step takes, driving and checking included, so that only a trial that hangs is ended by it. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RunFolder folder;
    private final long seed;

    DrivenTrials(RunFolder folder, long seed) {
        this.folder = folder;
        this.seed = seed;
    }

    /** One, at full speed. */
    Finding alone(int number, TrialSpec.Driven spec, Path log) throws IOException, InterruptedException {
        Order order = toDrive(
                Order.Mode.DRIVE_LEDGER,
                spec.contender(),
                number,
                folder.ledger(number),
                spec.inFlight(),
                spec.effort());
        try (TrialJvm jvm = TrialJvm.start(TrialCommand.of(spec.contender(), order), log)) {
            jvm.awaitReady(PATIENCE);
            var _ = turn(jvm);
            jvm.tell(HostLeash.CLOSE);
            return Finding.of(Measured.parse(jvm.awaitOutput(PATIENCE)));
        }
    }

    /** One beside its yardstick. */
    Finding inTurns(int number, TrialSpec.InTurns spec, Path log) throws IOException, InterruptedException {
        Pair pair = spec.pair();
        Path yardstickLog = folder.resolve(RunFolder.trialFile(number, spec, ".yardstick.log"));
        Path ledgers = folder.ledger(number);
        Order toSubject = toDrive(
                Order.Mode.DRIVE_LEDGER,
                pair.subject(),
                number,
                ledgers.resolve("subject"),
                spec.inFlight(),
                spec.effort());
        Order toYardstick = toDrive(
                pair.bareYardstick() ? Order.Mode.DRIVE_FLOOR : Order.Mode.DRIVE_LEDGER,
                pair.yardstick(),
                number,
                ledgers.resolve("yardstick"),
                spec.inFlight(),
                spec.effort());
        try (TrialJvm subject = TrialJvm.start(TrialCommand.of(pair.subject(), toSubject), log);
                TrialJvm yardstick = TrialJvm.start(TrialCommand.of(pair.yardstick(), toYardstick), yardstickLog)) {
            return Finding.of(compare(subject, yardstick, spec.effort().turns()));
        }
    }

    /** Both are open all the time, and one is driven while the other rests; who is first changes, so that neither has it better for that. */
    private static PairMeasurement compare(TrialJvm subject, TrialJvm yardstick, int turns)
            throws IOException, InterruptedException {
        subject.awaitReady(PATIENCE);
        yardstick.awaitReady(PATIENCE);
        List<Turn> ofSubject = new ArrayList<>();
        List<Turn> ofYardstick = new ArrayList<>();
        for (int i = 0; i < turns; i++) {
            if (i % 2 == 0) {
                ofSubject.add(turn(subject));
                ofYardstick.add(turn(yardstick));
            } else {
                ofYardstick.add(turn(yardstick));
                ofSubject.add(turn(subject));
            }
        }
        subject.tell(HostLeash.CLOSE);
        yardstick.tell(HostLeash.CLOSE);
        return new PairMeasurement(
                Measured.parse(subject.awaitOutput(PATIENCE)),
                Measured.parse(yardstick.awaitOutput(PATIENCE)),
                PairMeasurement.ratios(ofSubject, ofYardstick));
    }

    private static Turn turn(TrialJvm jvm) throws IOException, InterruptedException {
        return Turn.parse(jvm.ask(HostLeash.TURN, PATIENCE));
    }

    private Order toDrive(Order.Mode mode, Contender contender, int number, Path ledger, int inFlight, Effort effort) {
        return new Order(
                mode,
                contender.architecture(),
                contender.variant(),
                ledger,
                folder.socket(number),
                ACCOUNTS,
                Order.LARGE_SEGMENT_BYTES,
                Order.CAPACITY,
                seed,
                inFlight,
                effort.warmUp().toMillis(),
                effort.measured().toMillis());
    }
}
