package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.report.FaultCell.Moment;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class StoryTest {

    private static final Contender CONTENDER = new Contender(new UnopenedArchitecture("some"), "plain");
    private static final TrialSpec CONTROL = new TrialSpec.Observed(CONTENDER, null, 1, Effort.STANDARD);
    private static final TrialSpec FAULT = new TrialSpec.Observed(CONTENDER, "kill", 1, Effort.STANDARD);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Story story = new Story(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    @Test
    void timesAreCountedFromTheInjection() {
        Consumer<Moment> moments = story.moments(FAULT);
        assertNotNull(moments);

        moments.accept(new Moment("steady", 900));
        moments.accept(new Moment("kill injected", 1_000));
        moments.accept(new Moment("served", 2_340));

        assertEquals("""
                            steady
                   +0.00 s  kill injected
                   +1.34 s  served
                """, text());
    }

    /** A trial that was disturbed is made again. */
    @Test
    void whoBeginsAgainForgetsTheInjection() {
        Consumer<Moment> moments = story.moments(FAULT);
        assertNotNull(moments);

        moments.accept(new Moment("kill injected", 1_000));
        story.news("made again");
        moments.accept(new Moment("steady", 900));

        assertEquals("   +0.00 s  kill injected\nmade again\n            steady\n", text());
    }

    @Test
    void nobodyIsToldOfTheControl() {
        assertNull(story.moments(CONTROL));
    }

    @Test
    void outcomeNamesProofFiguresAndTheCheckersVerdict() {
        List<String> lines = Story.outcome(SampleResults.sample());
        String kill = String.join("\n", lines.subList(9, 18));

        assertTrue(kill.contains("  proof       process 4711, which ran shard 13, is dead"), kill);
        assertTrue(kill.contains("  neighbours  15 of 63 neighbours hit: "), kill);
        assertTrue(kill.contains("  victim      Victim out for 400 ms"), kill);
        assertTrue(kill.contains("  recovery    everybody is served again, by itself"), kill);
        assertTrue(
                kill.contains("  its steps   detected after 12 ms, replacement up after 200 ms (from outside), "),
                kill);
        assertTrue(kill.contains("  checker     48,000 commands checked: no acknowledged one is lost, "), kill);
        assertTrue(kill.contains("  predicted   "), kill);
        assertTrue(kill.contains(": The worker is gone; the supervisor starts another, "), kill);
        assertTrue(kill.contains(": the prediction held"), kill);
        assertTrue(
                lines.contains("  this counts for nothing, INVALID: did not fire: the process still runs"),
                lines.toString());
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
