package fourways.report;

import fourways.report.Sabotaging.Hit;
import fourways.report.Sabotaging.Struck;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Indeterminate;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shows from outside that a handler does not stop running. A thread that was running, or ready to, at so many looks in a row, and used CPU: however many others compete for
 * the cores, nothing else is always ready. Where the JVM's own threads are busy, too, they are looked at for longer. A supervisor may be faster, and end the process that the
 * thread is in; that the request is answered, by somebody else, means nothing yet.
 */
final class Spinning {

    private static final Duration LOOK_INTERVAL = Duration.ofMillis(50);
    private static final int MIN_LOOKS = 20;
    private static final int MAX_LOOKS = 60;

    private Spinning() {}

    /** A {@link Sabotaging.Evidence}. */
    static @Nullable String spins(Struck struck) throws InterruptedException, IOException {
        TrialJvm jvm = struck.target().jvm();
        Hit hit = struck.hits().getFirst();
        Map<Long, Integer> looksInARow = new HashMap<>();
        List<Proc.ThreadUsage> spinning = List.of();
        for (int look = 0; look < MAX_LOOKS && spinning.size() != 1; look++) {
            boolean ended = jvm.exitWithin(LOOK_INTERVAL) != null;
            Outcome outcome = Target.await(hit.answer(), Duration.ZERO);
            if (outcome != null && !(outcome instanceof Indeterminate)) {
                return null;
            }
            if (outcome != null && !ProcessTree.isAlive(hit.owner().process())) {
                return Deaths.describe(struck.target(), hit.owner(), "is gone") + Evidences.answered(struck, hit);
            } else if (ended) {
                return null;
            }
            List<Proc.ThreadUsage> ready = Proc.threads(jvm.tree().alive()).stream()
                    .filter(thread -> thread.state() == 'R')
                    .toList();
            looksInARow
                    .keySet()
                    .retainAll(ready.stream().map(Proc.ThreadUsage::threadId).toList());
            ready.forEach(thread -> looksInARow.merge(thread.threadId(), 1, Integer::sum));
            spinning = ready.stream()
                    .filter(thread -> looksInARow.getOrDefault(thread.threadId(), 0) >= MIN_LOOKS)
                    .filter(thread -> usedMicros(struck, thread) > 0)
                    .toList();
        }
        return spinning.stream()
                .max(Comparator.comparingLong(thread -> usedMicros(struck, thread)))
                .map(thread ->
                        "thread %d (%s) of process %d does not stop running, and used %d ms of CPU since the request that carried the fault"
                                .formatted(
                                        thread.threadId(),
                                        thread.name(),
                                        thread.pid(),
                                        TimeUnit.MICROSECONDS.toMillis(usedMicros(struck, thread))))
                .orElse(null);
    }

    /** Since the fault. */
    private static long usedMicros(Struck struck, Proc.ThreadUsage thread) {
        return thread.cpuMicros()
                - struck.before().stream()
                        .filter(earlier -> earlier.threadId() == thread.threadId())
                        .mapToLong(Proc.ThreadUsage::cpuMicros)
                        .findFirst()
                        .orElse(0);
    }
}
