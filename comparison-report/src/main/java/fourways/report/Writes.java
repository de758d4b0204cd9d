package fourways.report;

import fourways.workload.Verdict;
import fourways.workload.Violation.Kind;

/**
 * What became of the commands that were to change something, each looked for in the journals.
 *
 * @param lost acknowledged, and in no journal
 * @param duplicated applied more than once
 * @param unsent applied, though nobody had sent them
 */
record Writes(long lost, long duplicated, long unsent) {

    static final Writes NONE = new Writes(0, 0, 0);

    static Writes of(Verdict verdict) {
        return new Writes(verdict.count(Kind.LOST), verdict.count(Kind.APPLIED_TWICE), verdict.count(Kind.NEVER_SENT));
    }

    Writes plus(Writes other) {
        return new Writes(lost + other.lost, duplicated + other.duplicated, unsent + other.unsent);
    }
}
