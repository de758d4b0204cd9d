package fourways.report;

import fourways.report.FaultMeasurement.Incident;
import fourways.workload.LedgerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What the tables of a trial's raw data are about: {@code trial.json}. Times are on the clock of the observation, which begins with the first request.
 *
 * @param schemaVersion rises whenever a field or a column changes its meaning or goes away
 * @param subject the fault, or that there was none
 * @param accounts how many the ledger has; account a is on shard a modulo {@code shards}
 * @param initialBalanceCents what each account held at first
 * @param deadlineMillis a request that was answered later than this after its intended time was not served
 * @param requests how many rows the table of requests has
 * @param fired the proof that the fault took place; null if there is none
 * @param windowFromMillis where the window begins of which availability is told
 * @param windowToMillis where it ends
 * @param operatorRestart why everything was killed and started again in the end, before the last reading; null if it was not
 * @param readings how often all accounts were read in the end
 */
record RawTrial(
        int schemaVersion,
        String architecture,
        String variant,
        String subject,
        long seed,
        int accounts,
        int shards,
        long initialBalanceCents,
        int bucketMillis,
        long deadlineMillis,
        int requests,
        List<Integer> victimShards,
        @Nullable String fired,
        long faultAtMillis,
        long windowFromMillis,
        long windowToMillis,
        @Nullable String operatorRestart,
        int readings,
        Verdict verdict) {

    static final String NAME = "trial.json";
    static final int SCHEMA_VERSION = 1;

    /** Some hundred times what it takes. */
    private static final long MAX_BYTES = 1 << 20;

    /** What can be checked with the memory that a JVM has by default. */
    private static final int MAX_ACCOUNTS = 1_000_000;

    /** Entries of one segment are read one by one, so its size does not matter. */
    private static final int SEGMENT_BYTES = 1 << 16;

    /**
     * What the checker said.
     *
     * @param commands how many it accounted for
     * @param entries how many journal entries it matched with them
     * @param liveAccounts how many balances that were read it compared
     * @param alteredAccounts whose balance in memory was found as the fault had altered it
     * @param violations how many of each kind
     */
    record Verdict(
            long commands,
            long entries,
            long liveAccounts,
            List<Integer> alteredAccounts,
            Map<String, Long> violations) {

        Verdict {
            alteredAccounts = List.copyOf(alteredAccounts);
            violations = new TreeMap<>(violations);
        }

        /** The same, with violations of one kind more. */
        Verdict with(String kind, long times) {
            Map<String, Long> all = new TreeMap<>(violations);
            all.put(kind, times);
            return new Verdict(commands, entries, liveAccounts, alteredAccounts, all);
        }
    }

    static RawTrial of(
            TrialSpec.Observed spec, Order order, int requests, Incident incident, int readings, Audit audit) {
        LedgerConfig config = order.config();
        return new RawTrial(
                SCHEMA_VERSION,
                spec.contender().architecture(),
                spec.contender().variant(),
                spec.subject(),
                order.seed(),
                config.accounts(),
                config.shards(),
                config.initialBalanceCents(),
                Schedule.BUCKET_MILLIS,
                Schedule.DEADLINE.toMillis(),
                requests,
                incident.victimShards(),
                incident.fired(),
                incident.faultAtMillis(),
                (long) incident.fromBucket() * Schedule.BUCKET_MILLIS,
                (long) incident.toBucket() * Schedule.BUCKET_MILLIS,
                incident.operatorRestart(),
                readings,
                audit.verdict());
    }

    /** What the ledger was opened with, as far as it matters to the checker. */
    LedgerConfig config(Path directory) {
        return LedgerConfig.in(directory)
                .withAccounts(accounts, shards)
                .withInitialBalanceCents(initialBalanceCents)
                .withSegments(SEGMENT_BYTES, true);
    }

    /**
     * Reads it from a folder that may be anybody's.
     *
     * @throws UsageException if it is not what it should be
     */
    static RawTrial read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_BYTES) {
            throw new UsageException(file + " is no description of a trial, allowed is a file of at most " + MAX_BYTES
                    + " bytes as docs/raw-data.md describes it");
        }
        RawTrial trial;
        try {
            trial = ResultsFile.read(file, RawTrial.class);
        } catch (JacksonException | NullPointerException e) {
            throw new UsageException(file + " is no description of a trial ("
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                    + "), allowed is what docs/raw-data.md describes");
        }
        trial.requireSense(file);
        return trial;
    }

    private void requireSense(Path file) {
        if (schemaVersion != SCHEMA_VERSION) {
            throw new UsageException(file + ": schemaVersion is " + schemaVersion + ", allowed is " + SCHEMA_VERSION);
        }
        if (Stream.of(architecture, variant, subject, verdict).anyMatch(Objects::isNull)) {
            throw new UsageException(file + " lacks one of its fields, allowed is what docs/raw-data.md describes");
        }
        if (accounts > MAX_ACCOUNTS) {
            throw new UsageException(file + ": accounts is " + accounts + ", allowed are 1 to " + MAX_ACCOUNTS);
        }
        try {
            config(file.resolveSibling(RawJournals.NAME));
        } catch (IllegalArgumentException e) {
            throw new UsageException(file + ": " + e.getMessage());
        }
    }
}
