package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.BrokenArchitecture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real trials of ledgers that are driven from within, as short as they can be. */
final class DrivenTrialsIT {

    private static final Effort SHORT = new Effort(
            "short",
            1,
            0,
            List.of(64),
            4,
            Duration.ofMillis(300),
            Duration.ofMillis(100),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO);

    private static final Contender HEALTHY = broken("healthy");

    @TempDir
    Path directory;

    @Test
    void ledgerIsDrivenInTurnsWithAnotherAndBothAreChecked() throws Exception {
        Finding finding = inTurns(new Pair(HEALTHY, HEALTHY, false));

        PairMeasurement paired = Objects.requireNonNull(finding.paired(), finding.toString());
        assertEquals(Status.VALID, finding.status(), finding.toString());
        assertEquals(4, paired.overYardstick().size());
        assertTrue(paired.overYardstick().stream().allMatch(ratio -> ratio > 0), paired.toString());
        assertTrue(paired.subject().checkedCommands() >= paired.subject().answers(), paired.toString());
        assertTrue(paired.yardstick().checkedCommands() >= paired.yardstick().answers(), paired.toString());
    }

    @Test
    void mistakeOfTheYardstickMakesTheTrialInvalid() throws Exception {
        Finding finding = inTurns(new Pair(HEALTHY, broken("double-deposit"), false));

        assertEquals(Status.INVALID, finding.status(), finding.toString());
        assertTrue(String.valueOf(finding.reason()).startsWith("APPLIED_TWICE "), finding.toString());
    }

    private Finding inTurns(Pair pair) throws Exception {
        try (RunFolder folder = RunFolder.create(directory.resolve("run"))) {
            return new DrivenTrials(folder, 1)
                    .inTurns(1, new TrialSpec.InTurns(pair, 64, SHORT), directory.resolve("log"));
        }
    }

    private static Contender broken(String variant) {
        return new Contender(new BrokenArchitecture(), variant);
    }
}
