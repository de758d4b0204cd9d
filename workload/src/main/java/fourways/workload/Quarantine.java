package fourways.workload;

import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps commands out that have been at hand at several failures of their shards' owners, each time they were sent: a client that sends one again and again,
 * as clients do that hear {@code Indeterminate}, would otherwise keep a shard failing for ever.
 *
 * <p>Commands are told apart by their ids. Who was at hand by chance has one strike, and as ids are not used for anything else, never a second one.
 *
 * <p>Thread-safe. Asking costs one read as long as nothing is kept out, and never takes a lock.
 */
final class Quarantine {

    /** Once is chance, and with many requests in flight twice may be. */
    static final int STRIKES = 3;

    /**
     * All that a quarter of the shards have in flight at the default capacity is blamed at the loss of one worker process. This is four times as much, so that the next
     * losses still find the strikes of the one before. Beyond, the command that was blamed longest ago is forgotten.
     */
    static final int MAX_SUSPECTS = 65_536;

    /** Each came about by three failures, so they are few. Beyond, the one that was kept out first is let in again. */
    static final int MAX_KEPT_OUT = 1_024;

    private final int maxSuspects;
    private final int maxKeptOut;

    /** Strikes by id, who was blamed last at the end. Guarded by this. */
    private final SequencedMap<Long, Integer> suspects = new LinkedHashMap<>();

    /** In the order in which they got here. Guarded by this. */
    private final SequencedMap<Long, Boolean> keptOut = new LinkedHashMap<>();

    /** The same, sorted; replaced as a whole. */
    private volatile long[] keptOutIds = {};

    Quarantine() {
        this(MAX_SUSPECTS, MAX_KEPT_OUT);
    }

    Quarantine(int maxSuspects, int maxKeptOut) {
        this.maxSuspects = maxSuspects;
        this.maxKeptOut = maxKeptOut;
    }

    /** Counts a strike; returns how many the command has now. */
    synchronized int blame(Command command) {
        long id = command.id();
        Integer before = suspects.remove(id);
        int strikes = before == null ? 1 : before + 1;
        if (keptOut.containsKey(id)) {
            // It was in flight more than once.
            return STRIKES;
        }
        if (strikes < STRIKES) {
            suspects.put(id, strikes);
            removeEldestBeyond(maxSuspects, suspects);
        } else {
            keptOut.put(id, true);
            removeEldestBeyond(maxKeptOut, keptOut);
            keptOutIds = keptOut.keySet().stream()
                    .mapToLong(Long::longValue)
                    .sorted()
                    .toArray();
        }
        return strikes;
    }

    private static void removeEldestBeyond(int max, SequencedMap<Long, ?> map) {
        if (map.size() > max) {
            Map.Entry<Long, ?> eldest = map.pollFirstEntry();
            assert eldest != null;
        }
    }

    /** Why a command is kept out; null if it is not. */
    @Nullable
    Refused refusalOf(Command command) {
        long[] ids = keptOutIds;
        return ids.length == 0 || Arrays.binarySearch(ids, command.id()) < 0
                ? null
                : new Refused(
                        Reason.QUARANTINED,
                        "command " + command.id() + " was at hand at " + STRIKES + " failures of its shard's owner");
    }
}
