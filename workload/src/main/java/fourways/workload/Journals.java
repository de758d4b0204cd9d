package fourways.workload;

/** The journals of a ledger that nobody runs any more, as the {@link Checker} reads them. */
@FunctionalInterface
interface Journals {

    /** Shows one shard's journal; see {@link JournalAudit#read}, which does it for journals in files. */
    JournalAudit.Result read(int shard, JournalAudit.Visitor visitor);
}
