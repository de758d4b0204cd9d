package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProgressTest {

    private static final Effort EFFORT = new Effort(
            "test",
            1,
            1,
            List.of(64),
            1,
            Duration.ofSeconds(4),
            Duration.ofSeconds(4),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO);
    private static final TrialSpec SPEC =
            new TrialSpec.Driven(new Contender(new UnopenedArchitecture("some"), "plain"), 64, EFFORT);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void pipeGetsWholeLinesWithoutControlCharacters() {
        Progress progress = progress(false);

        progress.starting(1, SPEC);
        progress.finished(done(1, 10_000));
        progress.end();

        assertEquals("[1/4] throughput of some:plain, 64 in flight: FAILED, no reason\n", text());
    }

    /** Four trials are planned with 10 s each; the first takes 20, so the other three will take 60; the second takes 10, so 15 is what one takes. */
    @Test
    void terminalIsToldTheTimeRemainingAndThatIsCorrectedByWhatWasSeen() {
        Progress progress = progress(true);

        progress.starting(1, SPEC);
        assertTrue(text().endsWith("[1/4] throughput of some:plain, 64 in flight … about 40 s left"), text());
        progress.finished(done(1, 20_000));
        progress.starting(2, SPEC);
        assertTrue(text().endsWith("[2/4] throughput of some:plain, 64 in flight … about 1 min 0 s left"), text());
        progress.finished(done(2, 10_000));
        progress.starting(3, SPEC);
        assertTrue(text().endsWith("[3/4] throughput of some:plain, 64 in flight … about 30 s left"), text());
    }

    @Test
    void whatDoesNotApplyIsSaidWithTheReason() {
        progress(false).finished(done(1, 10, Status.NOT_APPLICABLE, "there is no supervisor"));

        assertEquals("[1/4] throughput of some:plain, 64 in flight: not applicable, there is no supervisor\n", text());
    }

    /** A fault that is watched for long says nothing about those that are over at once. */
    @Test
    void timeRemainingIsCorrectedByTrialsThatAreLikeIt() {
        Progress progress = new Progress(
                new PrintStream(bytes, true, StandardCharsets.UTF_8),
                true,
                List.of(fault("kill"), fault("exception"), fault("kill"), fault("kill")));
        long planned = fault("kill").plannedMillis();

        progress.finished(done(1, fault("kill"), 3 * planned));
        progress.finished(done(2, fault("exception"), fault("exception").plannedMillis()));
        progress.starting(3, fault("kill"));

        assertTrue(text().endsWith("about " + Progress.inWords(Duration.ofMillis(6 * planned)) + " left"), text());
    }

    private static TrialSpec fault(String fault) {
        return new TrialSpec.Observed(SPEC.contender(), fault, 1, Effort.STANDARD);
    }

    @Test
    void trialsThatWereMadeBeforeAreCountedAndLearnedFrom() {
        Progress progress = progress(false);

        progress.beginning(List.of(done(1, 20_000), done(2, 40_000)));

        assertEquals("2 of 4 trials were made before and stay as they are, about 1 min 0 s for the others\n", text());
    }

    @Test
    void pipeIsToldTheTimeFirst() {
        Progress progress = progress(false);

        progress.beginning(List.of());

        assertEquals("4 trials, about 40 s\n", text());
    }

    @Test
    void longTimesAreToldInHours() {
        assertEquals("2 h 5 min", Progress.inWords(Duration.ofMinutes(125).plusSeconds(59)));
    }

    @Test
    void terminalLineIsRewrittenInPlace() {
        Progress progress = progress(true);

        progress.starting(1, SPEC);
        progress.finished(done(1, 10_000));
        progress.end();

        assertEquals(1, text().lines().filter(line -> line.contains("FAILED")).count());
        assertTrue(text().endsWith("\r\u001b[2K"), text());
    }

    private Progress progress(boolean terminal) {
        return new Progress(
                new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, Collections.nCopies(4, SPEC));
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Done done(int number, long durationMillis) {
        return done(number, durationMillis, Status.FAILED, "no reason");
    }

    private static Done done(int number, long durationMillis, Status status, String reason) {
        return done(number, SPEC, durationMillis, status, reason);
    }

    private static Done done(int number, TrialSpec spec, long durationMillis) {
        return done(number, spec, durationMillis, Status.FAILED, "no reason");
    }

    private static Done done(int number, TrialSpec spec, long durationMillis, Status status, String reason) {
        Results.Trial trial = new Results.Trial(
                number, spec.kind(), "some", "plain", spec.subject(), null, status, reason, durationMillis);
        return new Done(spec, new TrialRecord(1, 1, trial, null, null, null, null));
    }
}
