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

    /** How {@code wild-write} says it: by how much, and then of which shard which account. */
    private static final Pattern FIRED =
            Pattern.compile("FIRED wild-write .* added (-?\\d{1,18}) cents .* shard/account: (.*)");

    private static final Pattern ALTERED = Pattern.compile("\\d{1,9}/(\\d{1,9})");

    private final Map<Integer, Long> cents = new ConcurrentHashMap<>();

    /** Hears a line that a process of the trial printed. */
    void said(String line) {
        Matcher fired = FIRED.matcher(line);
        if (fired.matches()) {
            long added = Long.parseLong(fired.group(1));
            for (Matcher altered = ALTERED.matcher(fired.group(2)); altered.find(); ) {
                cents.merge(Integer.valueOf(altered.group(1)), added, Long::sum);
            }
        }
    }

    /** By account, what was added to its balance; empty if nothing was said of any. */
    Map<Integer, Long> cents() {
        return Map.copyOf(cents);
    }
}
