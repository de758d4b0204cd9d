package fourways.workload;

import java.util.ArrayList;
import java.util.List;

/**
 * A leak that takes the whole heap: arrays that a static field keeps for ever. From then on whoever allocates in this process may be the one who fails, and
 * throwing away what this handler held gives nothing back.
 */
final class HeapExhaustion {

    private static final int MEBIBYTE = 1 << 20;

    /** A process that may grow beyond this would be the machine's problem, not only its own. */
    private static final long MAX_HEAP_BYTES = 4L << 30;

    /** After each size there is still room for many of the next one; after the last there is none worth mentioning. */
    private static final List<Integer> SIZES = List.of(MEBIBYTE, MEBIBYTE / 16, MEBIBYTE / 1_024);

    /** Kept back for saying what happened; a few times of what is used up by that, for others take from it, too. */
    private static final long MIN_RESERVE_BYTES = 4 * MEBIBYTE;

    /** The same as a part of the heap: a collector that has worked for long in vain no longer hands out the last fiftieth (HotSpot's {@code GCHeapFreeLimit}). */
    private static final int HEAPS_PER_RESERVE = 25;

    /** Of an array, at the most; with it the large ones fit into the regions of a collector that has such. */
    private static final int HEADER = 16;

    private static final HeapExhaustion LEAK = new HeapExhaustion();

    /** Bounded by the heap. Guarded by this, like all that is here. */
    private final List<byte[]> kept = new ArrayList<>();

    private long keptBytes;

    private HeapExhaustion() {}

    static void strike(Scene scene) {
        long maxBytes = Runtime.getRuntime().maxMemory();
        if (maxBytes > MAX_HEAP_BYTES) {
            throw new IllegalStateException("will not use up a heap of " + maxBytes / MEBIBYTE
                    + " MiB, allowed are up to " + MAX_HEAP_BYTES / MEBIBYTE);
        }
        LEAK.fillUp(scene);
    }

    private synchronized void fillUp(Scene scene) {
        // Whatever it takes to say this has been loaded by now.
        String outOf = evidence();
        kept.add(new byte[reserveBytes() - HEADER]);
        OutOfMemoryError error = fill(SIZES.getFirst());
        kept.removeFirst();
        // Before the rest is taken: with so little left, each further array costs a collection or two.
        scene.fired(keptBytes == 0 ? outOf : evidence());
        for (int size : SIZES) {
            error = fill(size);
        }
        throw error;
    }

    private static int reserveBytes() {
        return (int) Math.max(MIN_RESERVE_BYTES, Runtime.getRuntime().maxMemory() / HEAPS_PER_RESERVE);
    }

    private String evidence() {
        return "OutOfMemoryError with " + keptBytes / MEBIBYTE + " MiB kept for ever";
    }

    /** With arrays of this size; returns what the last of them met. */
    private OutOfMemoryError fill(int size) {
        while (true) {
            try {
                kept.add(new byte[size - HEADER]);
                keptBytes += size;
            } catch (OutOfMemoryError e) {
                return e;
            }
        }
    }
}
