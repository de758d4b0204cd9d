package fourways.threads;

import fourways.workload.Command;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/** The bare hop of {@code shared-threads}: a thread takes the command from the queue, takes its shard's lock, gives it back, and answers. */
final class ThreadsFloor implements Ledger {

    private static final Accepted NOTHING = new Accepted(0);

    private final LedgerConfig config;
    private final ExecutorService threads;
    private final List<ReentrantLock> locks;

    ThreadsFloor(LedgerConfig config, ExecutorService threads) {
        this.config = config;
        this.threads = threads;
        this.locks = IntStream.range(0, config.shards())
                .mapToObj(index -> new ReentrantLock())
                .toList();
    }

    @Override
    public CompletableFuture<Outcome> submit(Command command) {
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        threads.execute(() -> {
            ReentrantLock lock = locks.get(config.shardOf(command));
            lock.lock();
            try {
                answer.complete(NOTHING);
            } finally {
                lock.unlock();
            }
        });
        return answer;
    }

    @Override
    public void close() {
        // Orderly: what was submitted is still answered. Nothing can be stuck in here.
        threads.shutdown();
    }
}
