package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import fourways.report.Reach.Servers;
import fourways.workload.Command;
import fourways.workload.Command.Locate;
import fourways.workload.Ledger;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Located;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

final class ReachTest {

    @Test
    void survivorsServedBothBeforeAndAfter() {
        Servers before = new Servers(List.of(1L, 2L), List.of(11L, 12L, 13L), 0);
        Servers after = new Servers(List.of(2L, 3L), List.of(12L, 13L, 14L), 0);

        Reach reach = Reach.of(before, after, List.of(9, 4, 9));

        assertEquals(1, reach.survivingProcesses());
        assertEquals(2, reach.survivingThreads());
        assertEquals(List.of(4, 9), reach.alteredShards());
    }

    @Test
    void nobodyIsSaidToHaveSurvivedWhereNobodyCouldBeAsked() {
        Servers before = new Servers(List.of(1L), List.of(11L), 0);

        Reach reach = Reach.of(before, null, List.of());

        assertEquals(before, reach.before());
        assertNull(reach.after());
        assertEquals(0, reach.survivingProcesses());
    }

    /** Shards 0 and 1 are with one process, 2 with another, 3 is refused, 4 is silent, and 5 is the victim. */
    @Test
    void surveyAsksEachNeighbourAndCountsTheSilent() throws InterruptedException {
        Set<Long> ids = ConcurrentHashMap.newKeySet();
        Ledger ledger = ledger(
                ids, List.of(located(7, 70), located(7, 71), located(5, 50), refused(), new CompletableFuture<>()));
        Survey survey = new Survey(6, List.of(5));

        Servers first = survey.neighbours(ledger);
        Servers second = survey.of(ledger, List.of(2));

        assertEquals(new Servers(List.of(5L, 7L), List.of(50L, 70L, 71L), 2), first);
        assertEquals(new Servers(List.of(5L), List.of(50L), 0), second);
        assertEquals(6, ids.size(), "no id comes twice");
    }

    private static CompletableFuture<Outcome> located(long pid, long thread) {
        return CompletableFuture.completedFuture(new Located(pid, thread, "any"));
    }

    private static CompletableFuture<Outcome> refused() {
        return CompletableFuture.completedFuture(new Refused(Reason.UNAVAILABLE, "any"));
    }

    private static Ledger ledger(Set<Long> ids, List<CompletableFuture<Outcome>> byShard) {
        return new Ledger() {
            @Override
            public CompletableFuture<Outcome> submit(Command command) {
                ids.add(command.id());
                return byShard.get(((Locate) command).shard());
            }

            @Override
            public void close() {}
        };
    }
}
