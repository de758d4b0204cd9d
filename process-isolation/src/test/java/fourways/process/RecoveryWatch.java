package fourways.process;

import fourways.workload.RecoveryLog;
import fourways.workload.RecoveryLog.Step;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The standard error of a JVM that measures its ledger: keeps when it said what of its recovery, and lets all else pass that was not asked for. */
final class RecoveryWatch extends PrintStream {

    /** Kept, since loggers that nobody holds are collected with their filters. */
    private static final Logger SUCCESSION = Logger.getLogger(Succession.class.getName());

    /** Guarded by this; the first time counts. */
    private final Map<Step, Long> nanos = new EnumMap<>(Step.class);

    private RecoveryWatch(PrintStream out) {
        super(out, true);
    }

    static RecoveryWatch install() {
        RecoveryWatch watch = new RecoveryWatch(System.err);
        System.setErr(watch);
        // The first line that is read loads what reads it, which is not to count as recovery.
        RecoveryLog.parse("RECOVERY detected worker=1 nothing yet");
        // A kill is expected, and so is a replacement. That there is none would be said.
        SUCCESSION.setFilter(record -> !record.getMessage().endsWith("; it is replaced"));
        return watch;
    }

    @Override
    public void println(@Nullable String text) {
        long nowNanos = System.nanoTime();
        RecoveryLog.Line line = text == null ? null : RecoveryLog.parse(text);
        if (line == null) {
            super.println(text);
        } else {
            said(line.step(), nowNanos);
        }
    }

    private synchronized void said(Step step, long nowNanos) {
        nanos.putIfAbsent(step, nowNanos);
    }

    synchronized void forget() {
        nanos.clear();
    }

    synchronized boolean hasSaid(Step step) {
        return nanos.containsKey(step);
    }

    /**
     * In the time of {@link System#nanoTime()}.
     *
     * @throws IllegalStateException if it was not said since {@link #forget}
     */
    synchronized long nanosOf(Step step) {
        Long said = nanos.get(step);
        if (said == null) {
            throw new IllegalStateException("not said: " + step + ", only " + nanos.keySet());
        }
        return said;
    }
}
