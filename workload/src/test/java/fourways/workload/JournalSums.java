package fourways.workload;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** What the journals of a closed ledger add up to. */
public final class JournalSums {

    private static final JournalAudit.Visitor NOBODY = new JournalAudit.Visitor() {
        @Override
        public void entry(Entry entry, Path segment, long offset) {}

        @Override
        public void contradiction(Path segment, String what) {
            throw new AssertionError(segment + ": " + what);
        }
    };

    private JournalSums() {}

    /** All money, on accounts or under way between two; what has arrived and is not yet settled counts once. */
    public static long totalCents(LedgerConfig config) {
        List<Books> books = IntStream.range(0, config.shards())
                .mapToObj(shard -> JournalAudit.read(config, shard, NOBODY).books())
                .toList();
        long onAccounts = IntStream.range(0, config.accounts())
                .mapToLong(account -> books.get(config.shardOf(account)).balance(account))
                .sum();
        long[] underWay = {0};
        books.forEach(source -> source.outbox().forEachTransit(transit -> {
            Peers.Credit credit = transit.credit;
            if (credit.number() > books.get(credit.destination()).lastCredited(credit.source())) {
                underWay[0] += credit.amountCents();
            }
        }));
        return onAccounts + underWay[0];
    }
}
