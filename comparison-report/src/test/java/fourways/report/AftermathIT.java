package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.report.FaultCell.Moment;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done with a ledger after a trial, on real ones: one whose shard is stuck for good, one whose memory was altered, and one that nothing happened to. */
final class AftermathIT {

    private static final int VICTIM = 5;

    @TempDir
    Path directory;

    @Test
    void operatorRestartsWhatDoesNotServeAndThenEveryCentIsThere() throws Exception {
        FaultMeasurement observed = observe("busy-loop");

        assertTrue(
                String.valueOf(observed.operatorRestart()).matches("\\d+ of 6400 accounts were answered for"),
                observed.operatorRestart());
        assertEquals(List.of(), observed.violations());
        assertEquals(0, observed.restartsFromOutside(), "an operator's restart is none that was needed to go on");
        assertEquals(1, count(observed, "restarted by an operator"));
        assertEquals(1, count(observed, "open again after the operator's restart"));
        RawCheck check = RawCheck.of(raw());
        assertTrue(check.isSound(), check.line());
        assertTrue(check.audit().verdict().liveAccounts() >= 6_400, "all of them in the end: " + check.line());
    }

    @Test
    void memoryThatAFaultAlteredIsFoundAndARestartHealsIt() throws Exception {
        FaultMeasurement observed = observe("wild-write");

        assertEquals("its memory was altered", observed.operatorRestart());
        assertEquals(63, observed.reach().alteredShards().size(), "all but the victim's: it is one heap");
        assertEquals(List.of(), observed.violations());
        RawCheck check = RawCheck.of(raw());
        assertTrue(check.isSound(), check.line());
        assertEquals(2 * 6_400, check.audit().verdict().liveAccounts());
    }

    @Test
    void nobodyRestartsWhatServes() throws Exception {
        FaultMeasurement observed = observe(null);

        assertNull(observed.operatorRestart());
        assertEquals(List.of(), observed.violations());
        RawCheck check = RawCheck.of(raw());
        assertTrue(check.isSound(), check.line());
        assertEquals(6_400, check.audit().verdict().liveAccounts());
        assertTrue(size(raw()) < 2_000_000, "small: " + size(raw()) + " bytes");
    }

    private static long count(FaultMeasurement observed, String what) {
        return observed.moments().stream()
                .map(Moment::what)
                .filter(said -> said.startsWith(what))
                .count();
    }

    private FaultMeasurement observe(@Nullable String fault) throws Exception {
        Contender contender = Contenders.select(Contenders.find(), List.of("shared-threads:plain"))
                .getFirst();
        try (RunFolder folder = RunFolder.create(directory.resolve("run"))) {
            TrialSpec spec = new TrialSpec.Observed(contender, fault, VICTIM, Effort.SMOKE);
            PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
            Progress progress = new Progress(nowhere, false, List.of(spec));
            TrialRecord record = new TrialRunner(folder, 1, progress).run(1, spec);
            assertFalse(Files.exists(folder.ledger(1)), "the journals are among the raw data");
            return Objects.requireNonNull(record.observed(), record.toString());
        }
    }

    private Path raw() throws Exception {
        try (var files = Files.list(directory.resolve("run").resolve("trials"))) {
            Path found = files.filter(file -> file.toString().endsWith(RawFolder.SUFFIX))
                    .findFirst()
                    .orElse(null);
            assertNotNull(found, "no raw data");
            return found;
        }
    }

    private static long size(Path folder) throws Exception {
        long bytes = 0;
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }
}
