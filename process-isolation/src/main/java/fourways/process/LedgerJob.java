package fourways.process;

import fourways.workload.JournalMode;
import fourways.workload.LedgerConfig;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** To own shards and serve them: with all that a worker needs for it, from the first frame on. */
final class LedgerJob implements WorkerJob {

    private final FrameSink out;
    private final OwnedShards shards;

    /** Null if nobody is told of it. */
    private final @Nullable Progress progress;

    private LedgerJob(FrameSink out, OwnedShards shards, @Nullable Progress progress) {
        this.out = out;
        this.shards = shards;
        this.progress = progress;
    }

    /** Begins to open the shards. On the thread that owns them from then on, and that alone calls the rest. */
    static LedgerJob begin(SocketChannel channel, int worker, LedgerConfig config) {
        FrameSink out = WorkerJob.sink(channel, config);
        // Forced journals speak from a thread of their own anyway, and so may all others.
        FrameSink announcements = config.journal() == JournalMode.DISK ? out : new PromptWriter(channel);
        ShardPolicies policies = ShardPolicies.of(config);
        Progress progress = policies.tellsProgress()
                ? Progress.start(announcements, QueueHeartbeat.interval(config.deadlineMillis()))
                : null;
        return new LedgerJob(out, new OwnedShards(config, worker, out, announcements, policies), progress);
    }

    @Override
    public FrameSink out() {
        return out;
    }

    @Override
    public void handle(Frame frame) throws MalformedFrameException {
        shards.handle(frame);
        if (progress != null) {
            progress.made();
        }
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
        }
        shards.close();
    }
}
