package fourways.report;

import fourways.workload.LedgerConfig;
import fourways.workload.LiveReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The same check as at the end of a trial, with nothing but the trial's raw data: what was sent and heard is taken from the table of requests, not made again, and journals and balances are
 * those of the folder.
 *
 * @param name the folder's, without its suffix
 * @param disagreement how that differs from what the trial's record says; null if it does not
 */
record RawCheck(String name, Audit audit, @Nullable String disagreement) {

    /** What the names of directories for unpacked journals begin with, before the number of the process. */
    static final String TEMPORARY = "fourways-check-";

    /**
     * Checks one folder. Journals are unpacked into a directory that only this user can enter, and that is gone afterwards.
     *
     * @throws UsageException if something in it is not what it should be
     */
    static RawCheck of(Path folder) throws IOException {
        RawTrial trial = RawTrial.read(folder);
        Path directory = Files.createTempDirectory(
                TEMPORARY + ProcessHandle.current().pid() + "-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Thread cleaner = new Thread(() -> delete(directory), "raw-check-cleaner");
        // For whoever ends the check with Ctrl-C.
        Runtime.getRuntime().addShutdownHook(cleaner);
        try {
            RawJournals.unpack(folder, directory);
            LedgerConfig config = trial.config(directory);
            RawRequestTable.Content content = RawRequestTable.read(folder, config);
            List<LiveReading> readings = RawBalanceTable.read(folder, config);
            requireCount(folder.resolve(RawRequestTable.NAME), "rows", content.requests(), trial.requests());
            requireCount(folder.resolve(RawBalanceTable.NAME), "readings", readings.size(), trial.readings());
            Audit audit = Audit.ofReadings(config, content.commands(), content.history(), readings);
            return new RawCheck(nameOf(folder), audit, disagreement(folder, trial.verdict(), audit.verdict()));
        } finally {
            delete(directory);
            Runtime.getRuntime().removeShutdownHook(cleaner);
        }
    }

    private static void requireCount(Path file, String what, int found, int wanted) {
        if (found != wanted) {
            throw new UsageException(file + " has " + found + " " + what + ", allowed are the " + wanted + " that "
                    + RawTrial.NAME + " tells of");
        }
    }

    private static @Nullable String disagreement(Path folder, RawTrial.Verdict told, RawTrial.Verdict found)
            throws IOException {
        if (!told.equals(found)) {
            return RawTrial.NAME + " says " + told + ", found was " + found;
        }
        Path record = folder.resolveSibling(nameOf(folder) + ".json");
        if (!Files.exists(record)) {
            return null;
        }
        FaultMeasurement observed = recorded(record).observed();
        if (observed == null
                || observed.violations().isEmpty() != found.violations().isEmpty()) {
            return record.getFileName() + " says "
                    + (observed == null
                            ? "nothing of violations"
                            : observed.violations().toString())
                    + ", found was " + found.violations();
        }
        return null;
    }

    private static TrialRecord recorded(Path record) throws IOException {
        try {
            return ResultsFile.read(record, TrialRecord.class);
        } catch (JacksonException | NullPointerException e) {
            throw new UsageException(
                    record + " is no record of a trial (" + e.getMessage() + "), allowed is one that a run wrote");
        }
    }

    private static String nameOf(Path folder) {
        String name = folder.toAbsolutePath().normalize().getFileName().toString();
        return name.endsWith(RawFolder.SUFFIX) ? name.substring(0, name.length() - RawFolder.SUFFIX.length()) : name;
    }

    private static void delete(Path directory) {
        try {
            RunFolder.delete(directory);
        } catch (IOException e) {
            System.err.println("compare: " + directory + " could not be removed: " + e);
        }
    }

    boolean isSound() {
        return disagreement == null && audit.violations().isEmpty();
    }

    /** What was found, on a line. */
    String line() {
        RawTrial.Verdict verdict = audit.verdict();
        String about = "%,d commands, %,d journal entries and %,d balances read"
                .formatted(verdict.commands(), verdict.entries(), verdict.liveAccounts());
        String altered = verdict.alteredAccounts().isEmpty()
                ? ""
                : "; memory altered at " + verdict.alteredAccounts().size() + " accounts";
        if (disagreement != null) {
            return "DISAGREES " + name + ": " + disagreement;
        } else if (!audit.violations().isEmpty()) {
            return "INVALID   " + name + ": " + String.join("; ", audit.violations()) + "; in " + about + altered
                    + "; as recorded";
        }
        return "VALID     " + name + ": " + about + altered + "; as recorded";
    }
}
