package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.BrokenArchitecture;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The checker's own test, the whole way: ledgers that are broken on purpose, each killed and started again in a real trial. What they did must be found, be in the results and on the page, and
 * be found again in the raw data. How fast the machine is decides nothing: a trial in which the observer was late is checked all the same.
 */
final class BrokenLedgersIT {

    /** What must be found of each; that other things follow from a mistake is no harm. */
    private static final Map<String, String> MISTAKES = new TreeMap<>(Map.of(
            "no-lock", "LIVE_DIFFERS",
            "early-answer", "LOST",
            "short-replay", "LIVE_DIFFERS",
            "double-credit", "APPLIED_TWICE",
            "double-deposit", "APPLIED_TWICE"));

    private static final String HEALTHY = "healthy";

    @TempDir
    Path directory;

    @Test
    void eachMistakeTurnsItsTrialRedTheWholeWay() throws Exception {
        Path root = directory.resolve("run");
        run(root);

        Results results = ResultsFile.read(root.resolve(ResultsFile.NAME));
        Map<String, FaultCell> cells =
                results.faults().stream().collect(Collectors.toMap(FaultCell::variant, cell -> cell));
        String page = Files.readString(root.resolve(Page.NAME));

        assertEquals(BrokenArchitecture.VARIANTS.size(), cells.size());
        MISTAKES.forEach((variant, kind) -> assertRed(of(cells, variant), kind, page));
        assertTrue(of(cells, "early-answer").writes().lost() > 0);
        assertTrue(of(cells, "double-deposit").writes().duplicated() > 0);
        FaultCell healthy = of(cells, HEALTHY);
        assertEquals(List.of(), healthy.violations());
        assertEquals(Writes.NONE, healthy.writes());
        assertTrue(healthy.checkedCommands() > 0);

        Map<String, String> checked = check(root);
        MISTAKES.forEach((variant, kind) -> {
            String said = of(checked, variant);
            assertTrue(said.startsWith("INVALID "), said);
            assertTrue(said.contains(": " + kind + " ") || said.contains("; " + kind + " "), said);
        });
        assertTrue(of(checked, HEALTHY).startsWith("VALID "), of(checked, HEALTHY));
        checked.values().forEach(line -> assertTrue(line.endsWith("; as recorded"), line));
        assertFalse(Files.exists(root.resolve("ledgers")), "what is evidence is among the raw data");
    }

    private static <T> T of(Map<String, T> byVariant, String variant) {
        return Objects.requireNonNull(byVariant.get(variant), "nothing of " + variant);
    }

    private static void assertRed(FaultCell cell, String kind, String page) {
        assertEquals(Status.INVALID, cell.status(), cell.toString());
        assertTrue(
                cell.violations().stream().anyMatch(violation -> violation.startsWith(kind + " ")),
                cell.violations().toString());
        String reason = String.valueOf(cell.reason());
        assertTrue(reason.startsWith(cell.violations().getFirst()), reason);
        assertTrue(page.contains(kind), "the page says " + kind);
        assertTrue(page.contains(cell.variant()), "the page names " + cell.variant());
        assertTrue(page.contains("INVALID"), "the page says INVALID");
    }

    private static void run(Path root) throws Exception {
        List<Contender> contenders = Contenders.select(Contenders.find(), List.of(BrokenArchitecture.NAME));
        List<TrialSpec> plan = contenders.stream()
                .<TrialSpec>map(contender -> new TrialSpec.Observed(contender, "kill", 3, Effort.SMOKE))
                .toList();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        try (GracefulEnd end = GracefulEnd.guard();
                RunFolder folder = RunFolder.create(root)) {
            RunManifest manifest = RunManifest.ofNow(List.of(), 1);
            Results results = new Run(plan, Effort.SMOKE.name(), manifest, folder, new Progress(nowhere, false, plan))
                    .execute(end);
            Page.write(results, folder.resolve(Page.NAME));
        }
    }

    /** What is said of each, by variant. */
    private static Map<String, String> check(Path root) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

        assertEquals(Main.INVALID, line.execute("check", root.toString()), err.toString());
        assertEquals("", err.toString());
        return BrokenArchitecture.VARIANTS.stream()
                .collect(Collectors.toMap(
                        variant -> variant,
                        variant -> out.toString()
                                .lines()
                                .filter(said -> said.contains("-" + variant + "-kill: "))
                                .collect(Collectors.joining("\n"))));
    }
}
