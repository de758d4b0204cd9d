package fourways.threads;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Threads that wait for each other in a circle, as the JVM sees them: monitors, and locks that know their holder. It does not look at virtual threads. */
final class Deadlocks {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Deadlocks() {}

    /**
     * The circle that a thread is in, by name: who waits for which lock of whom, and what else he has. Null if it is in none. Stops the whole JVM for a moment: for a thread that is stuck
     * already.
     */
    static @Nullable String around(Thread thread, LongFunction<String> belongings) {
        long[] ids = THREADS.findDeadlockedThreads();
        if (ids == null) {
            return null;
        }
        Map<Long, ThreadInfo> deadlocked = Arrays.stream(THREADS.getThreadInfo(ids))
                .filter(info -> info != null)
                .collect(Collectors.toMap(ThreadInfo::getThreadId, Function.identity()));
        Map<Long, String> circle = new LinkedHashMap<>();
        for (ThreadInfo info = deadlocked.get(thread.threadId());
                info != null && !circle.containsKey(info.getThreadId());
                info = deadlocked.get(info.getLockOwnerId())) {
            circle.put(
                    info.getThreadId(),
                    info.getThreadName() + " (" + belongings.apply(info.getThreadId()) + ") waits for "
                            + info.getLockName() + " of " + info.getLockOwnerName());
        }
        return circle.isEmpty() ? null : String.join("; ", circle.values());
    }
}
