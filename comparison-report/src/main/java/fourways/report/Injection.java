package fourways.report;

import fourways.workload.Command.Locate;
import fourways.workload.Command.Sabotage;
import fourways.workload.Faults;
import fourways.workload.Ledger;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Located;
import fourways.workload.StandardFault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One fault, inflicted on whoever runs a shard, and the search for proof that it took place: only what is seen from outside counts. All faults but {@link
 * #KILL} go in as a request; that one is a SIGKILL, which nobody inside can do anything about.
 */
final class Injection {

    static final String KILL = "kill";

    /** Before the trial's clock runs, so it costs nothing to be patient. */
    private static final Duration AIM_PATIENCE = Duration.ofSeconds(5);

    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(1);
    private static final Duration DEATH_PATIENCE = Duration.ofSeconds(2);
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(50);
    private static final int MIN_LOOKS = 20;
    private static final int MAX_LOOKS = 60;

    private final String fault;
    private final int shard;
    private final Ledger ledger;
    private final TrialJvm jvm;

    /** The first of two ids that no other command has. */
    private final long firstId;

    private @Nullable ProcessHandle victimProcess;
    private List<Proc.ThreadUsage> before = List.of();
    private CompletableFuture<Outcome> answer = new CompletableFuture<>();

    Injection(String fault, int shard, Ledger ledger, TrialJvm jvm, long firstId) {
        this.fault = fault;
        this.shard = shard;
        this.ledger = ledger;
        this.jvm = jvm;
        this.firstId = firstId;
    }

    static List<String> faults() {
        List<String> faults = new ArrayList<>(Faults.names());
        // Takes two victims at once, and one is all that a trial has.
        faults.remove(StandardFault.DEADLOCK.faultName());
        faults.add(KILL);
        return faults;
    }

    /** Finds out who runs the shard, while all is well. */
    void aim() throws InterruptedException {
        Outcome outcome = await(ledger.submit(new Locate(firstId, shard)), AIM_PATIENCE);
        if (!(outcome instanceof Located located)) {
            throw new TrialFailedException("nobody tells who runs shard " + shard + ": " + outcome);
        }
        // Whatever a ledger answers, no process but the trial's own is ever touched.
        victimProcess = jvm.tree().alive().stream()
                .filter(process -> process.pid() == located.pid())
                .findFirst()
                .orElseThrow(() -> new TrialFailedException("shard " + shard + " is said to run in process "
                        + located.pid() + ", which is not one of the trial's"));
    }

    void inflict() throws IOException {
        before = Proc.threads(jvm.tree().alive());
        if (!fault.equals(KILL)) {
            answer = ledger.submit(new Sabotage(firstId + 1, shard, fault));
        } else if (victimProcess != null) {
            victimProcess.destroyForcibly();
        }
    }

    /** Looks for proof, for a few seconds at most; null if there is none. */
    @Nullable
    String proof() throws InterruptedException, IOException {
        if (fault.equals(KILL) || fault.equals(StandardFault.EXIT.faultName())) {
            return proofOfDeath();
        }
        if (fault.equals(StandardFault.BUSY_LOOP.faultName())) {
            return proofOfSpinning();
        }
        Outcome outcome = await(answer, ANSWER_PATIENCE);
        if (outcome instanceof Indeterminate indeterminate) {
            return "the request that carried the fault was answered 'indeterminate: " + indeterminate.detail() + "'";
        } else if (outcome == null) {
            return "the request that carried the fault was not answered within " + ANSWER_PATIENCE.toMillis() + " ms";
        }
        return null;
    }

    private @Nullable String proofOfDeath() throws InterruptedException {
        ProcessHandle process = victimProcess;
        if (process == null || !ProcessTree.awaitEnd(List.of(process), DEATH_PATIENCE)) {
            return null;
        }
        String how = fault.equals(KILL) ? "was sent SIGKILL and is gone" : "is gone";
        // Only a parent learns how its child ended, and ours is the trial's first JVM.
        String status =
                process.pid() == jvm.pid() ? ", with exit status " + jvm.exit().join() : "";
        return "process " + process.pid() + ", which ran shard " + shard + ", " + how + status;
    }

    /**
     * A thread that was running, or ready to, at so many looks in a row, and used CPU: however many others compete for the cores, nothing else is always ready.
     * Where the JVM's own threads are busy, too, they are looked at for longer. A supervisor may be faster, and end the process that the thread is in; that the request
     * is answered, by somebody else, means nothing yet.
     */
    private @Nullable String proofOfSpinning() throws InterruptedException, IOException {
        Map<Long, Integer> looksInARow = new HashMap<>();
        List<Proc.ThreadUsage> spinning = List.of();
        for (int look = 0; look < MAX_LOOKS && spinning.size() != 1; look++) {
            boolean ended = jvm.exitWithin(LOOK_INTERVAL) != null;
            Outcome outcome = await(answer, Duration.ZERO);
            if (outcome != null && !(outcome instanceof Indeterminate)) {
                return null;
            }
            ProcessHandle process = victimProcess;
            if (outcome != null && process != null && !ProcessTree.isAlive(process)) {
                return "process " + process.pid() + ", which ran shard " + shard
                        + ", is gone, and the request that carried the fault was answered '" + outcome + "'";
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
                    .filter(thread -> usedMicros(thread) > 0)
                    .toList();
        }
        return spinning.stream()
                .max(Comparator.comparingLong(this::usedMicros))
                .map(thread ->
                        "thread %d (%s) of process %d does not stop running, and used %d ms of CPU since the request that carried the fault"
                                .formatted(
                                        thread.threadId(),
                                        thread.name(),
                                        thread.pid(),
                                        TimeUnit.MICROSECONDS.toMillis(usedMicros(thread))))
                .orElse(null);
    }

    /** Since the fault. */
    private long usedMicros(Proc.ThreadUsage thread) {
        return thread.cpuMicros()
                - before.stream()
                        .filter(earlier -> earlier.threadId() == thread.threadId())
                        .mapToLong(Proc.ThreadUsage::cpuMicros)
                        .findFirst()
                        .orElse(0);
    }

    /** Null if there is no answer in time. */
    private static @Nullable Outcome await(CompletableFuture<Outcome> answer, Duration patience)
            throws InterruptedException {
        try {
            return answer.copy().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            throw new TrialFailedException("the ledger broke its contract: a future ended with " + e.getCause(), e);
        }
    }
}
