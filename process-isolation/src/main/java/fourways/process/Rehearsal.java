package fourways.process;

import fourways.workload.Command;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerStore;
import fourways.workload.Load;
import fourways.workload.Peers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;

/**
 * What a spare worker does so that it need not learn it when it matters: opens the shards of a ledger that nobody else has, serves random commands, closes them, and opens them again. So its
 * classes are loaded and what counts is compiled before there is anything to take over. Bounded in time, since it takes a core from those that serve.
 */
final class Rehearsal implements FrameSink {

    /** Enough for the compiler to have seen everything; on a slow or busy machine time is the limit. */
    private static final int ROUNDS = 150;

    private static final Duration MAX_DURATION = Duration.ofSeconds(2);

    /** Few, for it is opening shards that has to be fast from the first time on. */
    private static final int COMMANDS_A_ROUND = 400;

    private static final int WORKER = 0;

    private final LedgerConfig config;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(2 * FrameCodec.MAX_FRAME_BYTES);

    /** What the worker's only neighbor has to say. Bounded by the commands of a round. */
    private final ArrayDeque<Frame> replies = new ArrayDeque<>();

    private Rehearsal(LedgerConfig config) {
        this.config = config;
    }

    /** A ledger to practise on: like any, but small, and half of it belongs to a neighbor that this worker plays, too. */
    static LedgerConfig config(Path directory) {
        return LedgerConfig.in(directory).withAccounts(1_024, 16).withWorkers(2).withSegments(1 << 18, false);
    }

    static void run(LedgerConfig config) {
        new Rehearsal(config).run();
    }

    private void run() {
        Load load = Load.standard(config, 1).withCrossShardShare(0.5);
        long endNanos = System.nanoTime() + MAX_DURATION.toNanos();
        try (LedgerStore _ = LedgerStore.open(config)) {
            for (int round = 0; round < ROUNDS && System.nanoTime() - endNanos < 0; round++) {
                try (OwnedShards shards = new OwnedShards(config, WORKER, this)) {
                    long firstId = (long) round * COMMANDS_A_ROUND;
                    for (long id = firstId; id < firstId + COMMANDS_A_ROUND; id++) {
                        serve(shards, load.command(id));
                    }
                }
            }
        } catch (MalformedFrameException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve(OwnedShards shards, Command command) throws MalformedFrameException {
        if (config.shardOf(command) % config.workers() == WORKER) {
            shards.handle(overTheWire(new Frame.Submit(0, command)));
        }
        for (Frame reply = replies.poll(); reply != null; reply = replies.poll()) {
            shards.handle(overTheWire(reply));
        }
    }

    private Frame overTheWire(Frame frame) throws MalformedFrameException {
        bytes.clear();
        FrameCodec.encode(frame, bytes);
        return Objects.requireNonNull(FrameCodec.decode(bytes.flip()));
    }

    @Override
    public void send(Frame frame) {
        try {
            if (overTheWire(frame) instanceof Frame.Credit(Peers.Credit credit)) {
                replies.add(
                        new Frame.Credited(new Peers.Credited(credit.source(), credit.destination(), credit.number())));
            }
        } catch (MalformedFrameException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
