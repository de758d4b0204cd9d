package fourways.workload;

/**
 * What a {@link ClosedLoop} saw.
 *
 * @param tally what became of the commands that were sent while measuring
 * @param answers how many answers came while measuring
 * @param elapsedNanos how long was measured; less than planned if the commands ran out
 * @param sent how many commands were sent in the whole run
 * @param unanswered how many of these were still not answered at its end
 */
public record LoopResult(Tally tally, long answers, long elapsedNanos, long sent, long unanswered) {

    /** Answers a second, of whatever kind: it is the ledger's capacity only where nearly all are {@link Tally#served}. */
    public double requestsPerSecond() {
        return elapsedNanos == 0 ? 0 : answers * 1e9 / elapsedNanos;
    }
}
