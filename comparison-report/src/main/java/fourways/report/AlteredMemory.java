package fourways.report;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a fault says that it changed in the memory of a ledger behind the ledger's back. It is believed as far as it goes: where memory then differs from the journals by just that, this is what
 * the fault did; any other difference is the ledger's own. Any thread may add what was said.
 */
final class AlteredMemory {

    private static final Pattern FIRED = Pattern.compile("FIRED wild-write .*");
    private static final Pattern ALTERED = Pattern.compile("account=(\\d{1,9}) cents=([+-]?\\d{1,18})");

    private final Map<Integer, Long> cents = new ConcurrentHashMap<>();

    /** Hears a line that a process of the trial printed. */
    void said(String line) {
        if (FIRED.matcher(line).matches()) {
            for (Matcher altered = ALTERED.matcher(line); altered.find(); ) {
                cents.merge(Integer.valueOf(altered.group(1)), Long.valueOf(altered.group(2)), Long::sum);
            }
        }
    }

    /** By account, what was added to its balance; empty if nothing was said of any. */
    Map<Integer, Long> cents() {
        return Map.copyOf(cents);
    }
}
