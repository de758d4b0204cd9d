package fourways.report;

import org.jspecify.annotations.Nullable;

/**
 * What was predicted of one cell of the fault matrix, beside what was measured.
 *
 * @param sentence the prediction
 * @param source who says so
 * @param address of the source; null if it has none
 * @param expectedBlast null if nothing is predicted about it
 * @param expectedRecovery null if nothing is predicted about it
 * @param measuredBlast null if nothing was measured that counts
 * @param measuredRecovery null if nothing was measured that counts
 * @param held whether all that was predicted in these words was measured; null if nothing was predicted in them, or nothing measured
 */
record Prediction(
        String fault,
        String architecture,
        String variant,
        String sentence,
        String source,
        @Nullable String address,
        @Nullable Blast expectedBlast,
        @Nullable Recovery expectedRecovery,
        @Nullable Blast measuredBlast,
        @Nullable Recovery measuredRecovery,
        @Nullable Boolean held) {

    /** Null if nothing is predicted of such a cell. */
    static @Nullable Prediction of(FaultCell cell) {
        return of(cell, Expectations.known());
    }

    static @Nullable Prediction of(FaultCell cell, Expectations expectations) {
        Expectation expectation = expectations.of(cell.fault(), cell.architecture(), cell.variant());
        if (expectation == null) {
            return null;
        }
        Expectations.Source source = expectations.source(expectation);
        Blast blast = Blast.measured(cell);
        Recovery recovery = Recovery.measured(cell);
        return new Prediction(
                cell.fault(),
                cell.architecture(),
                cell.variant(),
                expectation.prediction(),
                source.title(),
                source.address(),
                expectation.blast(),
                expectation.recovery(),
                blast,
                recovery,
                held(expectation, blast, recovery));
    }

    private static @Nullable Boolean held(Expectation expectation, @Nullable Blast blast, @Nullable Recovery recovery) {
        boolean aboutBlast = expectation.blast() != null && blast != null;
        boolean aboutRecovery = expectation.recovery() != null && recovery != null;
        if (!aboutBlast && !aboutRecovery) {
            return null;
        }
        return (!aboutBlast || expectation.blast() == blast) && (!aboutRecovery || expectation.recovery() == recovery);
    }

    boolean isRefuted() {
        return Boolean.FALSE.equals(held);
    }

    /** "no neighbour, back by itself"; empty if nothing is predicted that could be held against a measurement. */
    String expected() {
        return Expectation.inWords(expectedBlast, expectedRecovery);
    }

    /** The same of what was measured, as far as something was predicted; empty if nothing was measured. */
    String measured() {
        return Expectation.inWords(
                expectedBlast == null ? null : measuredBlast, expectedRecovery == null ? null : measuredRecovery);
    }

    /** "predicted no neighbour, measured at most a quarter of the neighbours": of what was refuted, the words that are not the same. */
    String difference() {
        boolean blast = expectedBlast != null && expectedBlast != measuredBlast;
        boolean recovery = expectedRecovery != null && expectedRecovery != measuredRecovery;
        return "predicted " + Expectation.inWords(blast ? expectedBlast : null, recovery ? expectedRecovery : null)
                + "; measured " + Expectation.inWords(blast ? measuredBlast : null, recovery ? measuredRecovery : null);
    }
}
