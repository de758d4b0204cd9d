package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A look at what has become of a host once it is proven that a fault took place. */
interface HostAftermath {

    /** Longer than any fault goes on by itself. */
    Duration PATIENCE = Duration.ofSeconds(15);

    Pattern THREAD = Pattern.compile(" tid=(\\d+) ");

    HostAftermath NOTHING = (_, _, _) -> {};

    void check(DummyTrial trial, Injection injection, String proof) throws IOException, InterruptedException;

    static void hasAllThatWasDeposited(DummyTrial trial) throws InterruptedException {
        assertEquals(DummyTrial.depositedCents(), trial.gainCents(DummyTrial.VICTIM));
    }

    static void endsItsPressure(DummyTrial trial, Injection injection, String proof) {
        String later = Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> String.valueOf(injection.afterObservation()), words -> words.contains("lets go"));

        assertTrue(
                later.matches(
                        "FIRED gc-pressure .* made \\d+ MiB of garbage in 5 s, which took [1-9]\\d* collections of \\d{3,} ms in all; lets go of \\d{3} MiB"),
                later);
    }

    /** To the kernel, a thread that waits sleeps. */
    static void keepsThreads(DummyTrial trial, Injection injection, String proof) throws IOException {
        List<String> kept =
                THREAD.matcher(proof).results().map(found -> found.group(1)).toList();
        List<Character> states = Proc.threads(trial.jvm().tree().alive()).stream()
                .filter(thread -> kept.contains(Long.toString(thread.threadId())))
                .map(Proc.ThreadUsage::state)
                .toList();

        assertEquals(kept.stream().map(_ -> 'S').toList(), states);
        assertEquals(injection.victims().size(), kept.stream().distinct().count());
    }

    static void isADeadlockToTheJvm(DummyTrial trial, Injection injection, String proof) throws IOException {
        keepsThreads(trial, injection, proof);
        String threads = Jcmd.ask(trial.jvm().pid(), "Thread.print");

        assertTrue(threads.contains("Found one Java-level deadlock"), threads);
    }

    static void healsInAnotherProcess(DummyTrial trial, Injection injection, String proof)
            throws IOException, InterruptedException {
        String inThisProcess = String.valueOf(injection.afterObservation());
        trial.served().restartByOperator();
        String inAnother = String.valueOf(injection.afterObservation());

        assertTrue(inThisProcess.startsWith("in the end 0 shards could use the class, "), inThisProcess);
        assertTrue(inAnother.matches("in the end [1-9]\\d* shards could use the class, none could not, .*"), inAnother);
    }

    static void isInMemory(DummyTrial trial, Injection injection, String proof) throws InterruptedException {
        AlteredMemory altered = new AlteredMemory();
        altered.said(proof);

        assertEquals(63, altered.cents().size(), "an account of every other shard");
        for (Map.Entry<Integer, Long> each : altered.cents().entrySet()) {
            assertEquals(each.getValue(), trial.gainCents(each.getKey()));
        }
        hasAllThatWasDeposited(trial);
    }

    static void saysSegmentationFault(DummyTrial trial, Injection injection, String proof)
            throws IOException, InterruptedException {
        isServedAgain(trial, injection, proof);

        assertTrue(Files.readString(trial.log()).contains("SIGSEGV (0xb)"), "the log says why");
    }

    static void isServedAgain(DummyTrial trial, Injection injection, String proof) throws InterruptedException {
        trial.awaitRestart();

        hasAllThatWasDeposited(trial);
    }

    static void thawsInTheEnd(DummyTrial trial, Injection injection, String proof)
            throws IOException, InterruptedException {
        injection.end();

        assertFalse(Proc.isStopped(trial.jvm().pid()));
        hasAllThatWasDeposited(trial);
    }

    static void countsInTheEnd(DummyTrial trial, Injection injection, String proof)
            throws IOException, InterruptedException {
        String later = String.valueOf(injection.afterObservation());
        Matcher counts = Pattern.compile(
                        "in the end (\\d+) served, (\\d+) refused OVERLOADED, 0 answered otherwise, (\\d+) waiting")
                .matcher(later);

        assertTrue(counts.matches(), later);
        assertEquals(
                4_000,
                Integer.parseInt(counts.group(1))
                        + Integer.parseInt(counts.group(2))
                        + Integer.parseInt(counts.group(3)));
    }

    static void isCutOffAndDamageIsNot(DummyTrial trial, Injection injection, String proof)
            throws IOException, InterruptedException {
        isServedAgain(trial, injection, proof);
        trial.served().close();
        String later = String.valueOf(injection.afterCheck());

        assertTrue(
                later.matches(
                        "with one bit flipped in the entry at offset ([1-9]\\d*) of (\\S+) the ledger did not open: 'journal damaged: \\2 at offset \\1: .*'; with the bit flipped back it did"),
                later);
    }
}
