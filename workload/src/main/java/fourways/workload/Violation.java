package fourways.workload;

/**
 * One thing that a ledger must never do, found by the {@link Checker}.
 *
 * @param detail for people: the command, the shard and the amounts
 */
public record Violation(Kind kind, String detail) {

    /** What went wrong, the worst first. */
    public enum Kind {
        /** Acknowledged, and not in the journal. */
        LOST,
        /** In the journal more than once. */
        APPLIED_TWICE,
        /** Refused, and in the journal all the same. */
        REFUSED_BUT_APPLIED,
        /** In the journal, and nobody sent it, or something else was sent under its id. */
        NEVER_SENT,
        /** A transfer of which one half happened and the other did not and no longer will, or out of order. */
        HALF_TRANSFER,
        /** The sum of all money is not what was there at first, plus deposits, less withdrawals. */
        MONEY,
        /** An account fell below zero. */
        OVERDRAWN,
        /** The journals have an account at other than its commands come to. */
        BALANCE_DIFFERS,
        /** The running ledger answered another balance for an account than its journals come to, or its commands, where there are no journals. */
        LIVE_DIFFERS,
        /** Acknowledged with another balance than the command left, or acknowledged though it made no sense. */
        WRONG_ANSWER,
        /** A journal cannot be read, or contradicts itself. */
        JOURNAL_DAMAGED,
        /** There was nothing to check, or nothing to check it against: that proves nothing. */
        NOTHING_CHECKED
    }
}
