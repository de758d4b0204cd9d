package fourways.report;

import fourways.workload.Checker;
import fourways.workload.Commands;
import fourways.workload.History;
import fourways.workload.LedgerConfig;
import fourways.workload.LiveBalances;
import fourways.workload.Verdict;
import fourways.workload.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The check at the end of a trial, in words for the report.
 *
 * @param commands how many commands the checker accounted for
 * @param entries how many journal entries it matched with commands
 * @param writes what became of the writes
 * @param violations one a kind, with how many there were and the first of them; empty if the ledger kept what it told
 */
record Audit(long commands, long entries, Writes writes, List<String> violations) {

    /** Of the bare hop, which has nothing that could be checked. */
    static final Audit NOTHING = new Audit(0, 0, Writes.NONE, List.of());

    /** Checks a ledger that is closed or dead; {@code live} is null if nobody could be asked any more. */
    static Audit of(LedgerConfig config, Commands commands, History history, @Nullable LiveBalances live) {
        Verdict verdict = Checker.check(config, commands, history, live);
        List<String> violations = new ArrayList<>();
        for (Map.Entry<Violation.Kind, Long> kind : verdict.violations().entrySet()) {
            String example = verdict.examples().stream()
                    .filter(violation -> violation.kind() == kind.getKey())
                    .map(violation -> ", such as: " + violation.detail())
                    .findFirst()
                    .orElse("");
            violations.add(kind.getKey() + " " + kind.getValue() + " times" + example);
        }
        return new Audit(verdict.commands(), verdict.entries(), Writes.of(verdict), violations);
    }
}
