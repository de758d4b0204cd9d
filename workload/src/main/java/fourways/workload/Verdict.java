package fourways.workload;

import fourways.workload.Violation.Kind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the {@link Checker} found, and in what.
 *
 * @param everyCommand whether each command was looked for in the journals; otherwise only what they all come to was compared
 * @param commands how many commands the history has
 * @param accepted how many of these were acknowledged
 * @param entries how many journal entries were matched with commands
 * @param journalAccounts how many accounts were compared between commands and journals
 * @param liveAccounts how many accounts were compared between the running ledger and its journals, or its commands where there are no journals
 * @param alteredAccounts those whose balance in memory was altered behind the ledger's back, and read as it was altered
 * @param violations how many of each kind; empty if the ledger did what it must
 * @param examples the first few of each kind
 */
public record Verdict(
        boolean everyCommand,
        long commands,
        long accepted,
        long entries,
        int journalAccounts,
        int liveAccounts,
        List<Integer> alteredAccounts,
        Map<Kind, Long> violations,
        List<Violation> examples) {

    public Verdict {
        Map<Kind, Long> ordered = new EnumMap<>(Kind.class);
        ordered.putAll(violations);
        alteredAccounts = List.copyOf(alteredAccounts);
        violations = Collections.unmodifiableMap(ordered);
        examples = List.copyOf(examples);
    }

    public boolean isValid() {
        return violations.isEmpty();
    }

    /** How many violations there are of a kind. */
    public long count(Kind kind) {
        return violations.getOrDefault(kind, 0L);
    }

    /** The verdict, what it is about, and why, on a line each. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(isValid() ? "VALID" : "INVALID " + violations)
                .append("\n  of ")
                .append(commands)
                .append(" commands, ")
                .append(accepted)
                .append(" acknowledged; ");
        if (everyCommand) {
            text.append("each looked for in ").append(entries).append(" journal entries; ");
        }
        text.append(journalAccounts)
                .append(" accounts compared with the journals, ")
                .append(liveAccounts)
                .append(" with live reads");
        examples.forEach(example ->
                text.append("\n  ").append(example.kind()).append(": ").append(example.detail()));
        return text.toString();
    }
}
