package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.JavaCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What the kernel says of real processes. */
class CoreWaitTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** Spins on more threads than there are cores: so some of them always wait. */
    static final class CrowdedMain {

        private CrowdedMain() {}

        public static void main(String[] args) throws Exception {
            for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
                Thread.ofPlatform().daemon().start(() -> {
                    while (!Thread.interrupted()) {
                        Thread.onSpinWait();
                    }
                });
            }
            // Until the test ends: then this process does, too.
            System.in.readAllBytes();
            Runtime.getRuntime().halt(0);
        }
    }

    @Test
    void threadsThatAreKeptFromRunningWaitAndThoseOfAStoppedProcessDoNot() throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/schedstat")), "a kernel that counts");
        Process crowded = new ProcessBuilder(JavaCommand.running(CrowdedMain.class)).start();
        try {
            LongSupplier waited = CoreWait.from(crowded.pid());
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> waited.getAsLong() > Duration.ofMillis(50).toNanos());

            Signals.send("STOP", crowded.pid());
            LongSupplier stopped = CoreWait.from(crowded.pid());

            // Longer than it takes running threads to have waited for as long as above.
            assertTrue(IntStream.range(0, 50).allMatch(i -> waitsNothing(stopped)));
        } finally {
            crowded.destroyForcibly().waitFor();
        }
    }

    private static boolean waitsNothing(LongSupplier wait) {
        java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        return wait.getAsLong() == 0;
    }

    @Test
    void aProcessThatHasEndedWaitsForNothing() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();

        assertEquals(0, CoreWait.from(gone.pid()).getAsLong());
    }
}
