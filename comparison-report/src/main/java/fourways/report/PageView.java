package fourways.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows: figures already rounded and worded, so that the templates add nothing but markup. All text is as it came; the templates
 * escape it.
 *
 * @param results what the view was made from, for what is shown as it is
 * @param predictions null if nothing was predicted of what was run
 * @param matrix null if no fault was injected
 */
record PageView(
        Results results,
        PageAssets assets,
        String chartsJson,
        Head head,
        List<Finding> findings,
        List<ThroughputRow> throughput,
        @Nullable Predictions predictions,
        @Nullable Matrix matrix,
        List<PairTable> pairs,
        List<SoakRow> soaks,
        PageParity parity) {

    /** A variant of an architecture; {@code text} names both, or only the architecture where the run has no other variant of it. */
    record Subject(String architecture, String variant, String text) {}

    /** The first thing read: what was run, and whether it counts. */
    record Head(String title, boolean allValid, String verdict, List<Fact> facts, List<String> troubles) {}

    /** A name and what it stands for. */
    record Fact(String name, String value) {}

    /** One row of "what this says"; every list holds whole phrases and may be empty. */
    record Finding(
            Subject subject,
            List<String> speed,
            List<String> cost,
            List<String> contained,
            List<String> spread,
            List<String> recovery,
            List<String> evidence) {}

    /**
     * @param again whether the row above is of the same subject
     * @param problem the status and its reason; null if the row is valid
     */
    record ThroughputRow(
            Subject subject,
            boolean again,
            int inFlight,
            Rounded requestsPerSecond,
            Rounded cpuMicros,
            Rounded memoryMebibytes,
            String forks,
            @Nullable String problem) {}

    /** A figure for a table: its value, and its interval in words. */
    record Rounded(String value, String interval) {}

    /**
     * Variants beside their yardsticks.
     *
     * @param id names the section inside the page
     * @param name of the section, in a word or two
     */
    record PairTable(
            String id,
            String name,
            String title,
            String intro,
            String subject,
            String yardstick,
            String ratio,
            List<PairRow> rows) {}

    /** @param goal whether the ratio reaches what it should; empty where there is no goal or no figure */
    record PairRow(
            Subject subject,
            boolean again,
            int inFlight,
            Rounded requestsPerSecond,
            Rounded yardstick,
            Rounded ratio,
            String goal,
            @Nullable String problem) {}

    /**
     * @param strikes each fault with how often it struck and was proven
     * @param growths each thing that may not grow, in words
     * @param problem the status and its reason; null if the row is valid
     */
    record SoakRow(
            Subject subject,
            String duration,
            String served,
            List<String> strikes,
            List<String> growths,
            @Nullable String problem) {}

    /** Faults in rows, variants in columns; a row has one cell a column, null where the run did not try. */
    record Matrix(List<Subject> columns, List<MatrixRow> rows) {}

    record MatrixRow(String fault, @Nullable String inflicted, List<@Nullable Cell> cells) {}

    /**
     * One fault on one variant.
     *
     * @param id names the cell inside the page
     * @param reached how many neighbours the fault reached, as short as it can be said
     * @param back how the shards came back and when, as short as it can be said; empty if that does not count
     * @param inWords both in a sentence
     * @param strip null if there is no timeline
     */
    record Cell(
            String id,
            String fault,
            Subject subject,
            PageLevel level,
            String reached,
            String back,
            boolean refuted,
            String inWords,
            @Nullable PageStrip strip,
            Details details) {}

    /**
     * What a cell shows when it is opened.
     *
     * @param problem why the cell does not count; null if it is valid
     * @param fired the proof; null if it did not fire
     * @param chain the recovery chain, over all trials
     * @param moments what else was seen, in the first trial
     * @param operator why an operator had to restart it in the end; empty if none had to
     * @param reach who served the neighbours before and after, and what else was touched
     * @param files the records of its trials, relative to the run's folder
     */
    record Details(
            @Nullable String problem,
            @Nullable Predicted predicted,
            @Nullable String fired,
            List<Step> chain,
            List<Step> moments,
            String recovery,
            String operator,
            List<String> reach,
            String writes,
            String checked,
            List<String> violations,
            List<Measure> measures,
            List<String> files) {}

    /**
     * A prediction beside what was measured.
     *
     * @param address of the source; null if it has none
     * @param expected in words that can be held against what was measured; empty if the prediction has none
     * @param measured the same of what was measured; empty if nothing was
     * @param verdict whether it held
     */
    record Predicted(
            String sentence,
            String source,
            @Nullable String address,
            String expected,
            String measured,
            boolean isRefuted,
            String verdict) {}

    /**
     * Predictions that did not hold.
     *
     * @param summary how many held, and how many did not
     */
    record Predictions(String summary, List<Refuted> refuted) {}

    /** @param cell the id of the cell that refutes it */
    record Refuted(String cell, String fault, Subject subject, Predicted predicted, String measuredMore) {}

    /** A row of the table of a cell; {@code neighbours} is null where one figure is for both. */
    record Measure(String name, String victim, @Nullable String neighbours) {}

    /** @param at counted from the fault; null if it was not seen */
    record Step(String what, @Nullable String at, boolean fromOutside) {}
}
