package fourways.actors;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import fourways.workload.Command.ReadBalance;
import fourways.workload.Command.Sabotage;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is particular to actors on virtual threads. */
final class VirtualThreadsTest {

    @Test
    void blockedActorsStopNobodyElseHoweverMany() {
        LedgerConfig config = LedgerConfig.inMemory().withVariant("virtual");
        int last = config.shards() - 1;
        try (Ledger ledger = new ActorArchitecture().open(config)) {
            List<CompletableFuture<Outcome>> blocked = IntStream.range(0, last)
                    .mapToObj(shard -> ledger.submit(new Sabotage(shard, shard, "blocking-call")))
                    .toList();

            Outcome outcome = ledger.submit(new ReadBalance(-1, last))
                    .orTimeout(20, SECONDS)
                    .join();

            assertEquals(new Accepted(100_000), outcome);
            assertEquals(0, blocked.stream().filter(CompletableFuture::isDone).count());
        }
    }
}
