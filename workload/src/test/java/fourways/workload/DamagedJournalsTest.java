package fourways.workload;

import static fourways.workload.CheckedRun.CONFIG;
import static fourways.workload.Violation.Kind.BALANCE_DIFFERS;
import static fourways.workload.Violation.Kind.JOURNAL_DAMAGED;
import static fourways.workload.Violation.Kind.LIVE_DIFFERS;
import static fourways.workload.Violation.Kind.MONEY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The checker on journals that cannot be read, or not to the end: it says so, and does not take what it cannot see for lost. */
class DamagedJournalsTest {

    private static final Path SEGMENT = Path.of("segment");

    /** Shard 2's journal is read in another way. */
    private abstract static class Damaged extends TinyLedger {

        Damaged() {
            super(CONFIG);
        }

        @Override
        public JournalAudit.Result read(int shard, JournalAudit.Visitor visitor) {
            return shard == 2 ? readDamaged(visitor) : super.read(shard, visitor);
        }

        abstract JournalAudit.Result readDamaged(JournalAudit.Visitor visitor);
    }

    @Test
    void aDamagedJournalIsReportedAndWhatItMayHaveHeldIsNotMissed() {
        TinyLedger ledger = new Damaged() {
            @Override
            JournalAudit.Result readDamaged(JournalAudit.Visitor visitor) {
                List<Entry> entries = journals.get(2);
                entries.subList(0, entries.size() / 2).forEach(entry -> visitor.entry(entry, SEGMENT, 0));
                throw new JournalDamagedException(SEGMENT, 4_711, "the checksum is wrong");
            }
        };

        Verdict verdict = CheckedRun.random(ledger).everyCommand();

        assertEquals(Map.of(JOURNAL_DAMAGED, 1L), verdict.violations(), verdict::toString);
        assertEquals(
                "shard 2: journal damaged: segment at offset 4711: the checksum is wrong",
                verdict.examples().getFirst().detail());
        assertEquals(30, verdict.journalAccounts());
        assertEquals(30, verdict.liveAccounts());
    }

    @Test
    void aJournalThatCannotBeReadIsReported() {
        TinyLedger ledger = new Damaged() {
            @Override
            JournalAudit.Result readDamaged(JournalAudit.Visitor visitor) {
                throw new UncheckedIOException("cannot read shard 2", new IOException("no such file"));
            }
        };
        CheckedRun run = CheckedRun.random(ledger);

        assertEquals(Map.of(JOURNAL_DAMAGED, 1L), run.everyCommand().violations());
        assertEquals(Map.of(JOURNAL_DAMAGED, 1L), run.totals().violations());
    }

    @Test
    void aJournalThatContradictsItselfIsReported() {
        TinyLedger ledger = new TinyLedger(CONFIG) {
            @Override
            public JournalAudit.Result read(int shard, JournalAudit.Visitor visitor) {
                if (shard == 2) {
                    visitor.contradiction(SEGMENT, "it opens with other books");
                }
                return super.read(shard, visitor);
            }
        };
        CheckedRun run = CheckedRun.random(ledger);

        assertEquals(Map.of(JOURNAL_DAMAGED, 1L), run.everyCommand().violations());
        assertEquals(Map.of(JOURNAL_DAMAGED, 1L), run.totals().violations());
    }

    @Test
    void missingSegmentsAreDamageOnlyWhereTheyWereToBeKept() {
        TinyLedger ledger = new TinyLedger(CONFIG) {
            @Override
            public JournalAudit.Result read(int shard, JournalAudit.Visitor visitor) {
                return new JournalAudit.Result(super.read(shard, visitor).books(), shard != 2);
            }
        };
        CheckedRun run = CheckedRun.random(ledger);

        Verdict everyCommand = run.everyCommand();
        Verdict totals = run.totals();

        assertEquals(Map.of(JOURNAL_DAMAGED, 1L), everyCommand.violations());
        assertEquals(
                "shard 2: segments are missing that were to be kept",
                everyCommand.examples().getFirst().detail());
        assertTrue(totals.isValid(), totals::toString);
    }

    @Test
    void booksThatAreNotWhatTheirEntriesComeToAreReported() {
        TinyLedger ledger = new TinyLedger(CONFIG) {
            @Override
            public JournalAudit.Result read(int shard, JournalAudit.Visitor visitor) {
                JournalAudit.Result result = super.read(shard, visitor);
                if (shard == 2) {
                    result.books().disturb(5);
                }
                return result;
            }
        };

        Verdict verdict = CheckedRun.random(ledger).everyCommand();

        assertEquals(
                Set.of(BALANCE_DIFFERS, LIVE_DIFFERS, MONEY),
                verdict.violations().keySet());
    }
}
