package fourways.workload;

import fourways.workload.Violation.Kind;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Judges a run: did the ledger keep what it told its clients? Compares three accounts of the same run that come about independently: the {@link
 * History} that the clients kept, the journals as they lie on the disk, and what the running ledger answered in the end. (After the bank test of Jepsen.)
 *
 * <p>Where the ledger {@link LedgerConfig#keepSegments kept its segments}, each command is looked for in the journals. Otherwise what all commands come to is
 * compared with what the accounts hold; a command that got no definite answer may have happened or not. With {@link JournalMode#MEMORY} the live
 * balances are all there is to compare with.
 *
 * <p>Not checked: what reads answered during the run, and whether commands of different clients took effect in the order in which they were answered. Needs
 * some bits a command, and 16 to 40 bytes an account.
 */
public final class Checker {

    private final LedgerConfig config;
    private final Commands commands;
    private final History history;
    private final @Nullable Journals journals;
    private final List<LiveReading> live;

    private final Violations violations = new Violations();
    private final Expected expected;
    private final @Nullable Books[] books;
    private final BitSet damagedShards = new BitSet();

    Checker(
            LedgerConfig config,
            Commands commands,
            History history,
            @Nullable Journals journals,
            List<LiveReading> live) {
        this.config = config;
        this.commands = commands;
        this.history = history;
        this.journals = journals;
        this.live = live;
        this.expected = new Expected(config);
        this.books = new @Nullable Books[config.shards()];
    }

    /**
     * Checks a ledger that has been closed, or has died; its directory may be read for as long as nobody opens it again.
     *
     * @param config what the ledger was opened with
     * @param history of all commands since the ledger was new, or none of its changes is accounted for
     * @param live what it answered when nothing was sent any more, or null if that was not asked
     */
    public static Verdict check(LedgerConfig config, Commands commands, History history, @Nullable LiveBalances live) {
        return check(config, commands, history, live == null ? List.of() : List.of(LiveReading.of(live)));
    }

    /** The same for a ledger that was read several times when nothing was sent any more, such as before and after it was started again. */
    public static Verdict check(LedgerConfig config, Commands commands, History history, List<LiveReading> live) {
        Journals journals = (shard, visitor) -> JournalAudit.read(config, shard, visitor);
        return new Checker(config, commands, history, config.journal() == JournalMode.MEMORY ? null : journals, live)
                .check();
    }

    Verdict check() {
        long endId = history.end();
        EveryCommandCheck everyCommand = journals == null || !config.keepSegments()
                ? null
                : new EveryCommandCheck(config, commands, history, expected, alteredCents(), violations);
        if (journals != null) {
            readAll(journals, everyCommand);
        }
        if (everyCommand != null) {
            everyCommand.finish(endId, damagedShards);
        } else {
            new TotalsCheck(config, commands, history, expected, violations).run(endId);
        }
        BalanceCheck balances = new BalanceCheck(config, expected, books, violations);
        int journalAccounts = balances.compareJournals(everyCommand != null);
        if (journals != null && damagedShards.isEmpty()) {
            balances.compareMoney();
        }
        NavigableSet<Integer> altered = new TreeSet<>();
        int liveAccounts = live.stream()
                .mapToInt(reading -> balances.compareLive(reading, journals != null, altered))
                .sum();
        long accepted = Tally.of(history, 0, endId).accepted();
        if (accepted == 0 || journalAccounts + liveAccounts == 0) {
            violations.add(
                    Kind.NOTHING_CHECKED,
                    () -> accepted + " commands acknowledged, " + (journalAccounts + liveAccounts)
                            + " accounts compared");
        }
        return new Verdict(
                everyCommand != null,
                endId,
                accepted,
                everyCommand == null ? 0 : everyCommand.entries(),
                journalAccounts,
                liveAccounts,
                List.copyOf(altered),
                violations.counts(),
                violations.examples());
    }

    private Map<Integer, Long> alteredCents() {
        Map<Integer, Long> altered = new HashMap<>();
        live.forEach(reading -> altered.putAll(reading.alteredCents()));
        return altered;
    }

    private void readAll(Journals journals, @Nullable EveryCommandCheck everyCommand) {
        for (int shard = 0; shard < config.shards(); shard++) {
            if (everyCommand != null) {
                everyCommand.begin(shard);
            }
            Books found = read(journals, shard, everyCommand);
            boolean isWhole = !damagedShards.get(shard);
            if (isWhole) {
                books[shard] = found;
            }
            if (everyCommand != null) {
                everyCommand.end(isWhole);
            }
        }
    }

    private @Nullable Books read(Journals journals, int shard, @Nullable EveryCommandCheck everyCommand) {
        try {
            JournalAudit.Result result = journals.read(shard, new JournalAudit.Visitor() {
                @Override
                public void entry(Entry entry, Path segment, long offset) {
                    if (everyCommand != null) {
                        everyCommand.entry(entry);
                    }
                }

                @Override
                public void contradiction(Path segment, String what) {
                    damaged(shard, segment + ": " + what);
                }
            });
            if (everyCommand != null && !result.complete()) {
                damaged(shard, "segments are missing that were to be kept");
            }
            return result.books();
        } catch (JournalDamagedException | UncheckedIOException e) {
            damaged(shard, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** From here on nothing is concluded from what this shard's journal does not show. */
    private void damaged(int shard, String what) {
        damagedShards.set(shard);
        violations.add(Kind.JOURNAL_DAMAGED, () -> "shard " + shard + ": " + what);
    }
}
