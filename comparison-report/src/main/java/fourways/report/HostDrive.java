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
import org.jspecify.annotations.Nullable;

/** Drives a ledger, or the bare hop, from within its JVM, as fast as it goes, and measures what that costs; then checks what the ledger did. */
final class HostDrive {

    /** More are not sent, so that memory, journals and the time to check them stay bounded on any machine. */
    private static final long MAX_COMMANDS = 64_000_000;

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

    HostDrive(Order order, Architecture architecture) {
        this.order = order;
        this.architecture = architecture;
        this.config = order.config();
    }

    Measured run() throws IOException, InterruptedException {
        boolean bare = order.mode() == Order.Mode.DRIVE_FLOOR;
        Load load = Load.standard(config, order.seed());
        History history = new History(MAX_COMMANDS);
        Window window = new Window();
        LoopResult result;
        Parity parity;
        @Nullable LiveBalances live;
        try (Ledger ledger = bare ? architecture.openFloor(config) : architecture.open(config)) {
            result = ClosedLoop.run(ledger, load, history, plan(), window);
            parity = new HostProbe(processes).read(config, architecture.name(), ledger, FIRST_PROBE_ID);
            live = bare ? null : LiveBalances.read(ledger, config, PATIENCE);
        }
        Audit audit = bare ? Audit.NOTHING : Audit.of(config, load, history, live);
        return new Measured(
                result.requestsPerSecond(),
                (double) window.cpuMicros / Math.max(1, result.answers()),
                window.pssKibibytes / 1_024.0,
                result.answers(),
                unserved(result, bare),
                audit.commands(),
                audit.violations(),
                parity);
    }

    private LoopPlan plan() {
        return new LoopPlan(
                order.inFlight(),
                0,
                MAX_COMMANDS,
                Duration.ofMillis(order.warmUpMillis()),
                Duration.ofMillis(order.measuredMillis()),
                PATIENCE);
    }

    private static @Nullable String unserved(LoopResult result, boolean bare) {
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
        private long pssKibibytes;

        @Override
        public void measuringBegins() {
            cpuMicros = -cpuMicrosSoFar();
        }

        @Override
        public void measuringEnds() {
            cpuMicros += cpuMicrosSoFar();
            try {
                pssKibibytes = Proc.pssKibibytes(processes.alive());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
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
