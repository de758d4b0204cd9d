package fourways.report;

import fourways.workload.Endurance;
import fourways.workload.StandardFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Chooses what strikes whom in a soak, at random from a seed, but nothing that the architecture does not claim to live through, and nothing more often than it does:
 *
 * <ul>
 *   <li>what leaves nothing behind, at any time, and among it one poison request at a time, which is sent again until it is quarantined;
 *   <li>to whoever survives an exit, SIGKILL and SIGSTOP as well;
 *   <li>what holds a thread for half a minute, only while fewer are held than the architecture can replace, and early enough that all are back before the end is looked at;
 *   <li>what holds a thread and a core for good, only as often as half of the cores are left to others. In a process of its own such a thread ends with the process.
 * </ul>
 *
 * Reads no clock and touches nothing. Not thread-safe.
 */
final class SoakMix {

    /** An exception whose command comes again and again. */
    static final String POISON = "poison";

    /** A blocking call takes half a minute; and then its thread has to be found superfluous. */
    static final Duration HELD = Duration.ofSeconds(35);

    private final Endurance endurance;
    private final int shards;
    private final int maxSpinning;

    /** When the first moment comes at which threads may be held, and the last. */
    private final long holdFromMillis;

    private final long holdUntilMillis;
    private final SplittableRandom random;
    private final List<Long> heldSinceMillis = new ArrayList<>();
    private int spinning;

    /** Something that is done to whoever runs a shard. */
    record Strike(String fault, int shard) {}

    /**
     * @param baseline when growth is measured from: nothing may be held then
     * @param duration when the last strike is
     */
    SoakMix(Endurance endurance, int shards, int cores, Duration baseline, Duration duration, long seed) {
        this.endurance = endurance;
        this.shards = shards;
        this.maxSpinning = Math.min(cores / 2, endurance.maxHeld() - 1);
        this.holdFromMillis = baseline.toMillis();
        this.holdUntilMillis = duration.minus(HELD).toMillis();
        this.random = new SplittableRandom(seed);
    }

    /** All that may ever be chosen, by name. */
    List<String> faults() {
        List<String> faults = new ArrayList<>(always());
        Arrays.stream(StandardFault.values())
                .filter(endurance.held()::contains)
                .map(StandardFault::faultName)
                .forEach(faults::add);
        return faults;
    }

    private List<String> always() {
        List<String> faults = new ArrayList<>();
        Arrays.stream(StandardFault.values())
                .filter(endurance.recovered()::contains)
                .map(StandardFault::faultName)
                .forEach(faults::add);
        if (endurance.recovered().contains(StandardFault.EXCEPTION)) {
            faults.add(POISON);
        }
        if (endurance.recovered().contains(StandardFault.EXIT)) {
            faults.addAll(List.of(Catalogue.KILL, Catalogue.FREEZE));
        }
        return faults;
    }

    /** What is to strike now. */
    Strike next(long nowMillis) {
        heldSinceMillis.removeIf(since -> nowMillis - since > HELD.toMillis());
        List<String> allowed = new ArrayList<>(always());
        boolean mayHold = nowMillis > holdFromMillis
                && nowMillis < holdUntilMillis
                && heldSinceMillis.size() + spinning < endurance.maxHeld();
        if (mayHold && endurance.held().contains(StandardFault.BLOCKING_CALL)) {
            allowed.add(StandardFault.BLOCKING_CALL.faultName());
        }
        if (mayHold && endurance.held().contains(StandardFault.BUSY_LOOP) && spinning < maxSpinning) {
            allowed.add(StandardFault.BUSY_LOOP.faultName());
        }
        String chosen = allowed.get(random.nextInt(allowed.size()));
        if (endurance.held().stream().anyMatch(fault -> fault.faultName().equals(chosen))) {
            if (chosen.equals(StandardFault.BUSY_LOOP.faultName())) {
                spinning++;
            } else {
                heldSinceMillis.add(nowMillis);
            }
        }
        return new Strike(chosen, random.nextInt(shards));
    }

    /** How many threads are held for good. */
    int spinning() {
        return spinning;
    }
}
