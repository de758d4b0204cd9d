package fourways.report;

import fourways.report.Reach.Servers;
import fourways.workload.Command.Locate;
import fourways.workload.Ledger;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Located;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** Asks a ledger who serves some shards: a request to each, all at once, answered by the thread that would have served anything else. Not thread-safe. */
final class Survey {

    /** Many times what an answer takes; who is silent by then is so for a reason. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final List<Integer> neighbours;

    /** Far beyond the ids of all others in a trial. */
    private long nextId = 1L << 40;

    /** @param victims of so many shards, whose neighbours are all the others */
    Survey(int shards, Collection<Integer> victims) {
        this.neighbours = IntStream.range(0, shards)
                .filter(shard -> !victims.contains(shard))
                .boxed()
                .toList();
    }

    Servers neighbours(Ledger ledger) throws InterruptedException {
        return of(ledger, neighbours);
    }

    Servers of(Ledger ledger, List<Integer> shards) throws InterruptedException {
        List<CompletableFuture<Outcome>> answers = new ArrayList<>();
        for (int shard : shards) {
            answers.add(ledger.submit(new Locate(nextId++, shard)));
        }
        SortedSet<Long> processes = new TreeSet<>();
        SortedSet<Long> threads = new TreeSet<>();
        int silent = 0;
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        for (CompletableFuture<Outcome> answer : answers) {
            if (await(answer, deadlineNanos) instanceof Located located) {
                processes.add(located.pid());
                threads.add(located.nativeThreadId());
            } else {
                silent++;
            }
        }
        return new Servers(List.copyOf(processes), List.copyOf(threads), silent);
    }

    /** An answer that is not there in time is as good as one that says that nobody serves. */
    private static Object await(CompletableFuture<Outcome> answer, long deadlineNanos) throws InterruptedException {
        try {
            return answer.copy().get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return e;
        } catch (ExecutionException e) {
            throw new TrialFailedException("the ledger broke its contract: a future ended with " + e.getCause(), e);
        }
    }
}
