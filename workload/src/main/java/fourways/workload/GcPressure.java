package fourways.workload;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A heap that is nearly full of what is in use, and garbage on top of it: the collector runs again and again, and each time has all that is in use to go through. A
 * thread of its own does it for a few seconds, so the shard that was struck serves on, as well as it can with this heap.
 */
final class GcPressure {

    private static final int MEBIBYTE = 1 << 20;

    /** A process that may grow beyond this would be the machine's problem, not only its own. */
    private static final long MAX_HEAP_BYTES = 4L << 30;

    /** Of the whole heap. More, and it may be exhausted by mistake; less, and collectors that divide the heap have enough left. */
    private static final double IN_USE = 0.85;

    /** Small ones: to a collector it is the number of objects that counts. */
    private static final int OBJECT_BYTES = 128;

    private static final int OBJECTS_PER_MEBIBYTE = MEBIBYTE / OBJECT_BYTES;
    private static final int GARBAGE_BYTES = 4_096;
    private static final long DURATION_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final AtomicBoolean UNDER_WAY = new AtomicBoolean();

    private final Scene scene;

    /** What is in use, a mebibyte each. */
    private final Deque<Object[]> inUse = new ArrayDeque<>();

    private GcPressure(Scene scene) {
        this.scene = scene;
    }

    /** Returns at once. While there is pressure, once more changes nothing. */
    static void strike(Scene scene) {
        if (Runtime.getRuntime().maxMemory() > MAX_HEAP_BYTES) {
            throw new IllegalStateException(
                    "will not fill a heap of " + Runtime.getRuntime().maxMemory() / MEBIBYTE
                            + " MiB, allowed are up to " + MAX_HEAP_BYTES / MEBIBYTE);
        }
        if (UNDER_WAY.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("gc-pressure").start(new GcPressure(scene)::press);
        }
    }

    private void press() {
        List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
        long collections = collections(collectors);
        long millis = millis(collectors);
        try {
            fill();
            scene.fired("holds " + inUse.size() + " MiB in use of a heap of " + maxMebibytes() + " MiB");
            long garbage = makeGarbage();
            scene.fired("made " + garbage / MEBIBYTE + " MiB of garbage in "
                    + TimeUnit.NANOSECONDS.toSeconds(DURATION_NANOS) + " s, which took "
                    + (collections(collectors) - collections) + " collections of "
                    + (millis(collectors) - millis) + " ms in all; lets go of " + inUse.size() + " MiB");
        } finally {
            inUse.clear();
            UNDER_WAY.set(false);
        }
    }

    private void fill() {
        // What others have in use is not known before a collection, which they may keep from happening soon.
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long othersBytes = runtime.totalMemory() - runtime.freeMemory();
        long wanted = (long) (runtime.maxMemory() * IN_USE - othersBytes) / MEBIBYTE;
        try {
            while (inUse.size() < wanted) {
                inUse.add(mebibyte());
            }
        } catch (OutOfMemoryError e) {
            letGoOfSome();
        }
    }

    private static Object[] mebibyte() {
        Object[] objects = new Object[OBJECTS_PER_MEBIBYTE];
        for (int i = 0; i < objects.length; i++) {
            // With its header and the reference to it, it is the size that was meant.
            objects[i] = new byte[OBJECT_BYTES - 20];
        }
        return objects;
    }

    /** Exhaustion is another fault. */
    private void letGoOfSome() {
        for (int some = inUse.size() / 20; some >= 0; some--) {
            inUse.poll();
        }
    }

    /** Returns how many bytes. */
    private long makeGarbage() {
        long bytes = 0;
        int sum = 0;
        for (long endNanos = System.nanoTime() + DURATION_NANOS; System.nanoTime() - endNanos < 0; ) {
            try {
                byte[] garbage = new byte[GARBAGE_BYTES];
                // A compiler that sees it unused would not make it.
                sum += System.identityHashCode(garbage);
                bytes += garbage.length;
            } catch (OutOfMemoryError e) {
                letGoOfSome();
            }
        }
        return sum == 0 ? 0 : bytes;
    }

    private static long maxMebibytes() {
        return Runtime.getRuntime().maxMemory() / MEBIBYTE;
    }

    private static long collections(List<GarbageCollectorMXBean> collectors) {
        return collectors.stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private static long millis(List<GarbageCollectorMXBean> collectors) {
        return collectors.stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }
}
