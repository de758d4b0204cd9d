package fourways.report;

import fourways.workload.LedgerConfig;
import fourways.workload.LiveBalances;
import fourways.workload.LiveReading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table of what accounts were answered to hold when nothing was sent any more: {@code balances.csv.gz}. */
final class RawBalanceTable {

    static final String NAME = "balances.csv.gz";

    /** One before and one after an operator's restart. */
    static final int MAX_READINGS = 2;

    private static final String READING = "reading";
    private static final String ACCOUNT = "account";
    private static final String SHARD = "shard";
    private static final String BALANCE = "balanceCents";
    private static final String ALTERED = "alteredCents";

    private static final List<String> COLUMNS = List.of(READING, ACCOUNT, SHARD, BALANCE, ALTERED);

    private RawBalanceTable() {}

    static void write(Path folder, List<LiveReading> readings, LedgerConfig config) throws IOException {
        try (RawCsvWriter csv = RawCsvWriter.create(folder.resolve(NAME), COLUMNS)) {
            for (int i = 0; i < readings.size(); i++) {
                LiveReading reading = readings.get(i);
                for (int account = 0; account < config.accounts(); account++) {
                    if (reading.balances().isKnown(account)) {
                        csv.write(
                                i + 1,
                                account,
                                config.shardOf(account),
                                reading.balances().cents(account),
                                reading.alteredCents().get(account));
                    }
                }
            }
        }
    }

    /**
     * Reads what {@link #write} wrote, or somebody else, for a ledger of that shape.
     *
     * @throws UsageException if a value is not one that can be in there
     */
    static List<LiveReading> read(Path folder, LedgerConfig config) throws IOException {
        List<Map<Integer, Long>> cents = new ArrayList<>();
        List<Map<Integer, Long>> altered = new ArrayList<>();
        try (RawCsvReader csv =
                RawCsvReader.open(folder.resolve(NAME), COLUMNS, (long) MAX_READINGS * config.accounts())) {
            while (csv.next()) {
                // One after the other.
                int reading =
                        (int) csv.number(READING, Math.max(1, cents.size()), Math.min(MAX_READINGS, cents.size() + 1));
                if (reading > cents.size()) {
                    cents.add(new HashMap<>());
                    altered.add(new HashMap<>());
                }
                int account = (int) csv.number(ACCOUNT, 0, config.accounts() - 1L);
                csv.number(SHARD, config.shardOf(account), config.shardOf(account));
                long balance = csv.number(BALANCE, Long.MIN_VALUE, Long.MAX_VALUE);
                if (cents.getLast().put(account, balance) != null) {
                    throw csv.mistake(ACCOUNT, "accounts that this reading does not have yet");
                }
                if (!csv.isEmpty(ALTERED)) {
                    altered.getLast().put(account, csv.number(ALTERED, Long.MIN_VALUE, Long.MAX_VALUE));
                }
            }
        }
        List<LiveReading> readings = new ArrayList<>();
        for (int i = 0; i < cents.size(); i++) {
            readings.add(new LiveReading(LiveBalances.of(config.accounts(), cents.get(i)), altered.get(i)));
        }
        return readings;
    }
}
