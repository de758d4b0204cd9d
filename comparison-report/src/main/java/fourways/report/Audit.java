package fourways.report;

import fourways.workload.Checker;
import fourways.workload.Commands;
import fourways.workload.History;
import fourways.workload.LedgerConfig;
import fourways.workload.LiveBalances;
import fourways.workload.LiveReading;
import fourways.workload.Verdict;
import fourways.workload.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The check at the end of a trial.
 *
 * @param verdict in numbers
 * @param writes what became of the writes
 * @param violations in words for the report: one a kind, with how many there were and the first of them; empty if the ledger kept what it told
 */
record Audit(RawTrial.Verdict verdict, Writes writes, List<String> violations) {

    /** The kind of violation that an account is which nobody answers for any more, though the ledger was started again and left alone. */
    static final String SILENT = "SILENT";

    /** Of the bare hop, which has nothing that could be checked. */
    static final Audit NOTHING = new Audit(new RawTrial.Verdict(0, 0, 0, List.of(), Map.of()), Writes.NONE, List.of());

    /** Checks a ledger that is closed or dead; {@code live} is null if nobody could be asked any more. */
    static Audit of(LedgerConfig config, Commands commands, History history, @Nullable LiveBalances live) {
        return of(Checker.check(config, commands, history, live));
    }

    /** Checks one that was read as the {@link Aftermath} does: in the end somebody must have answered for every account. */
    static Audit ofReadings(LedgerConfig config, Commands commands, History history, List<LiveReading> readings) {
        Audit audit = of(Checker.check(config, commands, history, readings));
        int known = readings.isEmpty() ? 0 : readings.getLast().balances().known();
        return known == config.accounts() ? audit : audit.withSilence(config.accounts() - known);
    }

    private static Audit of(Verdict verdict) {
        Map<String, Long> kinds = new TreeMap<>();
        List<String> violations = new ArrayList<>();
        for (Map.Entry<Violation.Kind, Long> kind : verdict.violations().entrySet()) {
            String example = verdict.examples().stream()
                    .filter(violation -> violation.kind() == kind.getKey())
                    .map(violation -> ", such as: " + violation.detail())
                    .findFirst()
                    .orElse("");
            kinds.put(kind.getKey().name(), kind.getValue());
            violations.add(kind.getKey() + " " + kind.getValue() + " times" + example);
        }
        return new Audit(
                new RawTrial.Verdict(
                        verdict.commands(),
                        verdict.entries(),
                        verdict.liveAccounts(),
                        verdict.alteredAccounts(),
                        kinds),
                Writes.of(verdict),
                violations);
    }

    private Audit withSilence(long accounts) {
        List<String> all = new ArrayList<>(violations);
        all.add(SILENT + " " + accounts + " times: nobody answered for so many accounts in the end");
        return new Audit(verdict.with(SILENT, accounts), writes, all);
    }

    /** Those in whose memory there were other balances than in their journals. */
    List<Integer> alteredShards(LedgerConfig config) {
        return verdict.alteredAccounts().stream()
                .map(config::shardOf)
                .distinct()
                .sorted()
                .toList();
    }

    /** How many commands the checker accounted for. */
    long commands() {
        return verdict.commands();
    }

    /** How many journal entries it matched with commands. */
    long entries() {
        return verdict.entries();
    }
}
