package fourways.report;

import fourways.report.Results.Parity;
import fourways.workload.Architecture;
import fourways.workload.ClosedLoop;
import fourways.workload.History;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.LiveBalances;
import fourways.workload.Load;
import fourways.workload.LoopPlan;
import fourways.workload.LoopResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Drives a ledger, or the bare hop, from within its JVM, as fast as it goes, in as many turns as it is asked for, and measures what that costs; then checks what the ledger did. */
final class HostDrive {

    /** More are not sent, so that memory, journals and the time to check them stay bounded on any machine. */
    private static final long MAX_COMMANDS = 64_000_000;

    /** However fast the machine, most of them are left to measure: warming up takes at most one in this many. */
    private static final long WARM_UP_PART = 4;

    /** Before each turn: another ledger has had the processors, and their caches. */
    static final Duration SETTLING = Duration.ofMillis(50);

    /** The ids of those that look where the ledger runs; never recorded. */
    private static final long FIRST_PROBE_ID = 1L << 40;

    /** At the end everything in flight is answered within this, or never. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Requests that no shard decided may be one in this many, or the figure is not about the ledger's work. */
    private static final long SERVED_PER_UNSERVED = 1_000;

    private final Order order;
    private final Architecture architecture;
    private final LedgerConfig config;
    private final ProcessTree processes = new ProcessTree(ProcessHandle.current());
    private final boolean bare;
    private final Load load;
    private final long maxCommands;
    private final History history;

    /** All that were measured together. */
    private Turn turns = Turn.NONE;

    /** The first command that has not been sent yet. */
    private long nextId;

    private long pssKibibytes;

    /** The first objection of any turn. */
    private @Nullable String unserved;

    /** Where the lines come from that say what to do next. */
    interface Questions {

        /** Waits for the next line. */
        String next() throws InterruptedException;
    }

    HostDrive(Order order, Architecture architecture) {
        this(order, architecture, MAX_COMMANDS);
    }

    HostDrive(Order order, Architecture architecture, long maxCommands) {
        this.order = order;
        this.architecture = architecture;
        this.config = order.config();
        this.bare = order.mode() == Order.Mode.DRIVE_FLOOR;
        this.load = Load.standard(config, order.seed());
        this.maxCommands = maxCommands;
        this.history = new History(maxCommands);
    }

    /**
     * Opens and warms up, then takes a {@link Turn} whenever it is asked for one and says what that came to; asked for anything else, it closes and checks.
     *
     * @param answers takes the lines that the report waits for
     */
    Measured run(Questions questions, Consumer<String> answers) throws IOException, InterruptedException {
        Parity parity;
        @Nullable LiveBalances live;
        try (Ledger ledger = bare ? architecture.openFloor(config) : architecture.open(config)) {
            drive(ledger, order.warmUpMillis(), maxCommands / WARM_UP_PART);
            answers.accept(TrialHost.READY);
            while (questions.next().equals(HostLeash.TURN)) {
                Turn turn = drive(ledger, order.measuredMillis(), maxCommands);
                turns = turns.plus(turn);
                answers.accept(turn.line());
            }
            pssKibibytes = Proc.pssKibibytes(processes.alive());
            parity = new HostProbe(processes).read(config, architecture.name(), ledger, FIRST_PROBE_ID);
            live = bare ? null : LiveBalances.read(ledger, config, PATIENCE);
        }
        Audit audit = bare ? Audit.NOTHING : Audit.of(config, load, history, live);
        return new Measured(
                turns.requestsPerSecond(),
                turns.cpuMicrosPerRequest(),
                pssKibibytes / 1_024.0,
                turns.answers(),
                unserved,
                audit.commands(),
                audit.violations(),
                parity);
    }

    /** Goes on with the commands where the last turn ended, up to the given one. */
    private Turn drive(Ledger ledger, long millis, long endId) {
        if (nextId >= endId) {
            object("a turn had no command left to measure with: all " + maxCommands
                    + " that a trial may send had been sent");
            return Turn.NONE;
        }
        Window window = new Window();
        LoopPlan plan =
                new LoopPlan(order.inFlight(), nextId, endId - nextId, SETTLING, Duration.ofMillis(millis), PATIENCE);
        LoopResult result = ClosedLoop.run(ledger, load, history, plan, window);
        nextId += result.sent();
        object(unserved(result));
        return new Turn(result.answers(), result.elapsedNanos(), window.cpuMicros);
    }

    private void object(@Nullable String objection) {
        if (unserved == null) {
            unserved = objection;
        }
    }

    private @Nullable String unserved(LoopResult result) {
        long answered = result.sent() - result.unanswered();
        if (result.answers() == 0) {
            return "nothing was answered while it was measured: of " + result.sent() + " requests, " + answered
                    + " were answered before or after";
        }
        long decided = bare ? result.tally().accepted() : result.tally().served();
        long unserved = result.tally().sent() - decided;
        return result.unanswered() == 0 && unserved * SERVED_PER_UNSERVED <= decided
                ? null
                : unserved + " requests were not served: " + result.tally();
    }

    /** What all processes of the trial used between the first measured request and the last. */
    private final class Window implements ClosedLoop.Observer {

        private long cpuMicros;

        @Override
        public void measuringBegins() {
            cpuMicros = -cpuMicrosSoFar();
        }

        @Override
        public void measuringEnds() {
            cpuMicros += cpuMicrosSoFar();
        }

        private long cpuMicrosSoFar() {
            try {
                return Proc.cpuMicros(processes.alive());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
