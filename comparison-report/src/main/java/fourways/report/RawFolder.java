package fourways.report;

import fourways.workload.LedgerConfig;
import fourways.workload.LiveReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The raw data of one trial, from which somebody else can find out the same: every request, every bucket, every balance that was read in the end, the journals, and
 * what they are about. {@code docs/raw-data.md} describes every file.
 */
final class RawFolder {

    static final String SUFFIX = ".raw";

    private RawFolder() {}

    /** Makes the folder anew, whatever was there; the journals are taken from the directory in the configuration. If that fails, nothing is left of it. */
    static void write(
            Path folder,
            LedgerConfig config,
            List<ObservedRequest> requests,
            Observation observation,
            List<LiveReading> readings,
            RawTrial trial)
            throws IOException {
        RunFolder.delete(folder);
        Files.createDirectories(folder);
        try {
            RawRequestTable.write(folder, requests, config);
            RawBucketTable.write(folder, observation);
            RawBalanceTable.write(folder, readings, config);
            if (config.directory() != null) {
                RawJournals.pack(config.directory(), folder);
            }
            // Last: a folder that has it is whole.
            ResultsFile.write(folder.resolve(RawTrial.NAME), trial);
        } catch (IOException | RuntimeException e) {
            RunFolder.delete(folder);
            throw e;
        }
    }

    static boolean isOne(Path folder) {
        return Files.isRegularFile(folder.resolve(RawTrial.NAME));
    }
}
