package fourways.workload;

import java.util.EnumSet;
import java.util.Set;

/**
 * Which faults a variant of an architecture claims to live through for as long as it runs, so that a soak can hold it to that: whatever strikes, all shards serve again soon, nothing
 * acknowledged is lost, and nothing grows.
 *
 * @param recovered those that leave nothing behind, as often as they strike. Whoever has {@link StandardFault#EXIT} among them runs its shards in processes that somebody else
 *     looks after, and so lives through all that can be done to such a process from outside, too
 * @param held those that hold a thread for long or for good, because nobody can take it from them, and for which there is a replacement
 * @param maxHeld how many threads may be held at the same time, 0 if {@code held} is empty
 */
public record Endurance(Set<StandardFault> recovered, Set<StandardFault> held, int maxHeld) {

    public Endurance {
        recovered = Set.copyOf(recovered);
        held = Set.copyOf(held);
        if (maxHeld < 0 || (maxHeld == 0) != held.isEmpty()) {
            throw new IllegalArgumentException(
                    "maxHeld is " + maxHeld + ", allowed are 1 and more with faults that hold a thread, 0 without");
        }
    }

    /** What every ledger must live through: an owner that throws. */
    public static Endurance ofExceptions() {
        return new Endurance(EnumSet.of(StandardFault.EXCEPTION), Set.of(), 0);
    }

    /** In one process: what an owner throws leaves nothing behind; who does not return is replaced, so many times at once. */
    public static Endurance ofOneProcess(int maxHeld) {
        return new Endurance(
                EnumSet.of(StandardFault.EXCEPTION, StandardFault.STACK_OVERFLOW),
                EnumSet.of(StandardFault.BLOCKING_CALL, StandardFault.BUSY_LOOP),
                maxHeld);
    }

    /** With owners in processes of their own, which are ended and replaced whatever they do. */
    public static Endurance ofProcesses() {
        return new Endurance(
                EnumSet.of(
                        StandardFault.EXCEPTION,
                        StandardFault.STACK_OVERFLOW,
                        StandardFault.BLOCKING_CALL,
                        StandardFault.BUSY_LOOP,
                        StandardFault.EXIT),
                Set.of(),
                0);
    }
}
