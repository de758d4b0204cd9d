package fourways.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a soak came to.
 *
 * @param millis from the first strike to the last
 * @param requests how many were sent
 * @param servedShare which share of them was served in time, from 0 to 1: what clients noticed of all the faults together
 * @param strikes by fault
 * @param quarantined how many poison requests were kept out in the end
 * @param baselineMillis when growth is measured from
 * @param growths from then to the end
 * @param unrecovered which shards were not served in the end, in words; null if all were
 * @param diskKibibytes what lay in the ledger's directory in the end; all journal files are kept, for the check
 * @param diskLimitKibibytes what the journal's entries, and the files that are begun, account for
 */
record SoakMeasurement(
        long millis,
        int requests,
        double servedShare,
        List<SoakStrikes.Tally> strikes,
        int quarantined,
        long baselineMillis,
        List<SoakGrowth> growths,
        @Nullable String unrecovered,
        long diskKibibytes,
        long diskLimitKibibytes,
        Punctuality punctuality,
        long checkedCommands,
        List<String> violations) {

    /** Of strikes, so many have to have hit, or it was no soak. The others met a shard that did not serve because of the one before. */
    private static final double MIN_FIRED_SHARE = 0.5;

    int struck() {
        return strikes.stream().mapToInt(SoakStrikes.Tally::struck).sum();
    }

    int fired() {
        return strikes.stream().mapToInt(SoakStrikes.Tally::fired).sum();
    }

    /** Why the ledger did not pass, the gravest first; empty if it did. Violations come before and are not repeated. */
    List<String> objections() {
        List<String> objections = new ArrayList<>();
        if (unrecovered != null) {
            objections.add(unrecovered);
        }
        growths.stream()
                .filter(growth -> !growth.isWithinLimit())
                .forEach(growth -> objections.add("grew: " + growth.inWords()));
        if (diskKibibytes > diskLimitKibibytes) {
            objections.add("grew: KiB on disk: %,d, accounted for %,d".formatted(diskKibibytes, diskLimitKibibytes));
        }
        if (fired() < MIN_FIRED_SHARE * struck() || fired() == 0) {
            objections.add("did not fire: of " + struck() + " strikes only " + fired() + " took place");
        }
        String late = punctuality.complaint();
        if (late != null) {
            objections.add(late);
        }
        return objections;
    }
}
