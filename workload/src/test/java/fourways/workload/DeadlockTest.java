package fourways.workload;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class DeadlockTest {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Those that meet stay until the tests' JVM ends. */
    private static Thread enter(String name, Deadlock deadlock) {
        return Thread.ofPlatform().daemon().name(name).start(() -> deadlock.enter(() -> {}));
    }

    private static Set<String> deadlockedAmong(String... names) {
        long[] ids = THREADS.findDeadlockedThreads();
        return ids == null
                ? Set.of()
                : Arrays.stream(THREADS.getThreadInfo(ids))
                        .map(ThreadInfo::getThreadName)
                        .filter(List.of(names)::contains)
                        .collect(Collectors.toSet());
    }

    @Test
    void twoThatMeetWaitForEachOtherAndInterruptsDoNotHelp() {
        Deadlock deadlock = new Deadlock(60_000);
        Thread first = enter("embrace-1", deadlock);
        first.interrupt();
        Thread second = enter("embrace-2", deadlock);
        second.interrupt();

        Awaitility.await()
                .atMost(20, SECONDS)
                .until(() -> deadlockedAmong("embrace-1", "embrace-2").equals(Set.of("embrace-1", "embrace-2")));
    }

    @Test
    void oneThatIsAloneGoesOnAndThoseWhoComeLaterMeetEachOther() throws InterruptedException {
        Deadlock deadlock = new Deadlock(3_000);
        Thread alone = enter("alone", deadlock);
        assertTrue(alone.join(Duration.ofSeconds(20)));

        enter("later-1", deadlock);
        enter("later-2", deadlock);

        Awaitility.await()
                .atMost(20, SECONDS)
                .until(() -> deadlockedAmong("later-1", "later-2").equals(Set.of("later-1", "later-2")));
    }

    @Test
    void whoComesTogetherIsPairedAndNobodyIsLeftOver() {
        Deadlock deadlock = new Deadlock(60_000);
        String[] names = IntStream.range(0, 16).mapToObj(i -> "crowd-" + i).toArray(String[]::new);
        for (String name : names) {
            enter(name, deadlock);
        }

        Awaitility.await()
                .atMost(20, SECONDS)
                .until(() -> deadlockedAmong(names).size() == names.length);
    }
}
