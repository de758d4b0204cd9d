package fourways.report;

import fourways.report.Sabotaging.Hit;
import fourways.report.Sabotaging.Struck;
import fourways.workload.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What shows that a fault took place which a request carried: each method is a {@link Sabotaging.Evidence}. */
final class Evidences {

    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(1);
    private static final Duration DEATH_PATIENCE = Duration.ofSeconds(3);

    /** A heap that is used up to the last byte makes everything slow before that. */
    private static final Duration HEAP_PATIENCE = Duration.ofSeconds(10);

    /** The live set has to be made first, on a heap that gets ever fuller. */
    private static final Duration FILLING_PATIENCE = Duration.ofSeconds(5);

    /** The collector of the smallest heap has little to go through. */
    private static final Duration COLLECTING_PATIENCE = Duration.ofSeconds(3);

    /** What a collector that has little to do does not use in so short a time. */
    private static final long COLLECTING_MICROS = 200_000;

    private static final Duration POLL = Duration.ofMillis(20);

    private Evidences() {}

    /** The handler's own word, which it gives in the middle of the fault. */
    static @Nullable String said(Struck struck) throws InterruptedException, IOException {
        List<String> words = new ArrayList<>();
        for (Hit hit : struck.hits()) {
            String said = lineOf(struck, hit, ANSWER_PATIENCE);
            if (said == null) {
                return null;
            }
            words.add(said + answered(struck, hit));
        }
        return String.join("; ", words);
    }

    /** The same of handlers that do not come back. */
    static @Nullable String saidAndKeptBy(Struck struck) throws InterruptedException, IOException {
        String said = said(struck);
        boolean over = struck.hits().stream().anyMatch(hit -> hit.answer().getNow(null) instanceof Outcome.Accepted);
        return over ? null : said;
    }

    /** The end of the process that ran the shard. */
    static @Nullable String died(Struck struck) throws InterruptedException, IOException {
        Hit hit = struck.hits().getFirst();
        if (!ProcessTree.awaitEnd(List.of(hit.owner().process()), DEATH_PATIENCE)) {
            return null;
        }
        String said = lineOf(struck, hit, Duration.ZERO);
        return Deaths.describe(struck.target(), hit.owner(), "is gone")
                + (said == null ? "" : "; before that: " + said);
    }

    /** The error that the handler saw, or the end of a process that is not meant to survive it. */
    static @Nullable String ranOutOfMemory(Struck struck) throws InterruptedException, IOException {
        Hit hit = struck.hits().getFirst();
        ProcessHandle process = hit.owner().process();
        long before = Proc.residentKibibytes(process);
        long most = before;
        for (long left = HEAP_PATIENCE.toNanos(), begin = System.nanoTime(); left > 0; ) {
            most = Math.max(most, Proc.residentKibibytes(process));
            boolean gone = ProcessTree.awaitEnd(List.of(process), Duration.ZERO);
            String said = lineOf(struck, hit, Duration.ZERO);
            if (gone || said != null) {
                String grown = "; its memory grew from " + (before >> 10) + " to " + (most >> 10) + " MiB";
                String death = gone ? Deaths.describe(struck.target(), hit.owner(), "is gone") : null;
                return (death == null ? said : death + (said == null ? "" : "; before that: " + said)) + grown;
            }
            Thread.sleep(POLL);
            left = HEAP_PATIENCE.toNanos() - (System.nanoTime() - begin);
        }
        return null;
    }

    /** The processor time that the collector's threads use, seen from outside. */
    static @Nullable String collects(Struck struck) throws InterruptedException, IOException {
        Hit hit = struck.hits().getFirst();
        String line = lineOf(struck, hit, FILLING_PATIENCE);
        String said = line == null ? null : line + answered(struck, hit);
        ProcessHandle process = hit.owner().process();
        long begin = System.nanoTime();
        while (said != null && System.nanoTime() - begin < COLLECTING_PATIENCE.toNanos()) {
            long micros = collectorMicros(Proc.threads(List.of(process))) - collectorMicros(ofProcess(struck, process));
            if (micros >= COLLECTING_MICROS) {
                return said + "; the threads that collect garbage in process " + process.pid() + " have used "
                        + TimeUnit.MICROSECONDS.toMillis(micros) + " ms of CPU since";
            }
            if (ProcessTree.awaitEnd(List.of(process), Duration.ZERO)) {
                return said + "; "
                        + Deaths.describe(
                                struck.target(), struck.hits().getFirst().owner(), "is gone");
            }
            Thread.sleep(POLL);
        }
        return null;
    }

    private static List<Proc.ThreadUsage> ofProcess(Struck struck, ProcessHandle process) {
        return struck.before().stream()
                .filter(thread -> thread.pid() == process.pid())
                .toList();
    }

    /** As HotSpot names them; one that collects on a single thread does so on the VM's own. */
    private static long collectorMicros(List<Proc.ThreadUsage> threads) {
        return threads.stream()
                .filter(thread -> thread.name().startsWith("GC Thread")
                        || thread.name().startsWith("G1 ")
                        || thread.name().equals("VM Thread"))
                .mapToLong(Proc.ThreadUsage::cpuMicros)
                .sum();
    }

    /** The first line in which the fault says that it struck; null if there is none in time. */
    static @Nullable String lineOf(Struck struck, Hit hit, Duration patience) throws InterruptedException, IOException {
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        while (true) {
            List<String> lines = struck.log().fired(struck.fault(), hit.owner().shard());
            if (!lines.isEmpty()) {
                return lines.getFirst();
            }
            if (System.nanoTime() >= deadlineNanos) {
                return null;
            }
            Thread.sleep(POLL);
        }
    }

    static String answered(Struck struck, Hit hit) throws InterruptedException {
        // Several carry it at the same time, and have the same time for it.
        long leftNanos = ANSWER_PATIENCE.toNanos() - (System.nanoTime() - struck.atNanos());
        Outcome outcome = Target.await(hit.answer(), Duration.ofNanos(Math.max(0, leftNanos)));
        return outcome == null
                ? ", and the request that carried it was not answered within " + ANSWER_PATIENCE.toMillis() + " ms"
                : ", and the request that carried it was answered '" + Target.words(outcome) + "'";
    }
}
