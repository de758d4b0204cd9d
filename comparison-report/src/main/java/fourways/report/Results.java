package fourways.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a run found out, as {@code results.json} has it, field by field. Names carry their units. Lists have the order in which the report shows
 * them; the same architecture and variant have the same two names everywhere.
 *
 * @param schemaVersion rises whenever a field changes its meaning or goes away
 * @param profile how much was asked for: {@code smoke}, {@code standard}, {@code full}, "fault", {@code floors}, {@code hardening} or "soak"
 * @param durationMillis without the time between being cut off and going on
 * @param interrupted whether somebody ended the run before it was complete
 * @param resumedAt when the run went on after it had been cut off, each time
 * @param intervals how the interval of every {@link Figure} was made
 * @param parity one row an architecture and variant: what its processes really had
 * @param floors each ledger beside the bare hop of its architecture
 * @param hardening each hardened variant beside the plain one
 */
record Results(
        int schemaVersion,
        Instant startedAt,
        long durationMillis,
        String profile,
        boolean interrupted,
        List<Instant> resumedAt,
        long seed,
        String intervals,
        Machine machine,
        List<Parity> parity,
        List<ThroughputCell> throughput,
        List<PairCell> floors,
        List<PairCell> hardening,
        List<FaultCell> faults,
        List<SoakCell> soaks,
        List<Trial> trials) {

    static final int SCHEMA_VERSION = 4;

    Results {
        resumedAt = List.copyOf(resumedAt);
        parity = List.copyOf(parity);
        throughput = List.copyOf(throughput);
        floors = List.copyOf(floors);
        hardening = List.copyOf(hardening);
        faults = List.copyOf(faults);
        soaks = List.copyOf(soaks);
        trials = List.copyOf(trials);
    }

    /** What a trial is worth that is worth least; one that is not applicable is as good as a VALID one. */
    Status status() {
        Status worst = Status.worst(trials.stream().map(Trial::status).toList());
        return worst.isSound() ? Status.VALID : worst;
    }

    /** What was predicted of the faults beside what was measured, in the order of {@link #faults}; of some cells nothing is predicted. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    List<Prediction> predictions() {
        List<Prediction> predictions = new ArrayList<>();
        for (FaultCell cell : faults) {
            Prediction prediction = Prediction.of(cell);
            if (prediction != null) {
                predictions.add(prediction);
            }
        }
        return predictions;
    }

    /** Where it ran. */
    record Machine(int cpus, String model, long memoryMebibytes, String kernel, String jdk) {}

    /**
     * What one architecture was given, read from its running processes.
     *
     * @param processes JVMs of the trial, the trial's own included
     * @param servingProcesses how many of them were seen to serve shards
     * @param servingThreads how many kernel threads, in all of them together, were seen to serve shards
     * @param threads kernel threads of all of them together
     * @param heapMebibytes the maximum heaps of all of them together
     * @param collectors the garbage collectors found, one if all have the same
     * @param flags the options that the trial's own JVM was started with
     */
    record Parity(
            String architecture,
            String variant,
            int processes,
            int servingProcesses,
            int servingThreads,
            int threads,
            long heapMebibytes,
            List<String> collectors,
            List<String> flags) {}

    /**
     * One trial of the run.
     *
     * @param number from 1, in the order in which they ran; the file's name starts with it
     * @param kind {@code throughput}, {@code floor}, {@code hardening}, {@code fault}, {@code control} or "soak"
     * @param subject what is special about it, such as the fault or the number of requests in flight
     * @param file the trial's own record, relative to the run's folder; null if it was not run
     * @param reason why it is not VALID, in a sentence; null if it is
     */
    record Trial(
            int number,
            String kind,
            String architecture,
            String variant,
            String subject,
            @Nullable String file,
            Status status,
            @Nullable String reason,
            long durationMillis) {}
}
