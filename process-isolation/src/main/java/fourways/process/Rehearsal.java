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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a spare worker does so that it need not learn it when it matters: round by round it opens the shards of a ledger that nobody else has, in the way in which it will open others, serves random
 * commands, and closes them. So its classes are loaded and what counts is compiled before there is anything to take over.
 */
final class Rehearsal implements FrameSink {

    /** Few, for it is opening shards that has to be fast from the first time on. */
    private static final int COMMANDS_A_ROUND = 200;

    /** Many times what opening a few small files takes. */
    private static final Duration OPEN_PATIENCE = Duration.ofSeconds(10);

    private static final int WORKER = 0;

    private final LedgerConfig config;
    private final Load load;

    // Guarded by this.
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(2 * FrameCodec.MAX_FRAME_BYTES);

    /** What the worker's only neighbor has to say. Bounded by the commands of a round. */
    private final ArrayDeque<Frame> replies = new ArrayDeque<>();

    private CountDownLatch opened = new CountDownLatch(1);
    private long nextId;

    /** @param config of a ledger that lasts as long as this, and that nobody else uses */
    Rehearsal(LedgerConfig config) {
        this.config = config;
        this.load = Load.standard(config, 1).withCrossShardShare(0.5);
    }

    /** A ledger to practise on: like any hardened one, but small, and half of it belongs to a neighbor that this worker plays, too. */
    static LedgerConfig config(Path directory) {
        return LedgerConfig.in(directory)
                .withAccounts(1_024, 16)
                .withWorkers(2)
                .withSegments(1 << 18, false)
                .withVariant(ProcessArchitecture.HARDENED);
    }

    /** One round. */
    void run() {
        opened = new CountDownLatch(1);
        try (LedgerStore _ = LedgerStore.open(config);
                OwnedShards shards = new OwnedShards(config, WORKER, this, this, ShardPolicies.of(config))) {
            if (!opened.await(OPEN_PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("shards to practise on do not open within " + OPEN_PATIENCE);
            }
            for (long end = nextId + COMMANDS_A_ROUND; nextId < end; nextId++) {
                serve(shards, load.command(nextId));
            }
        } catch (MalformedFrameException | InterruptedException e) {
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

    private synchronized Frame overTheWire(Frame frame) throws MalformedFrameException {
        bytes.clear();
        FrameCodec.encode(frame, bytes);
        return Objects.requireNonNull(FrameCodec.decode(bytes.flip()));
    }

    /** Answers are the owner's, all else may come from any thread. */
    @Override
    public void send(Frame frame) {
        try {
            switch (overTheWire(frame)) {
                case Frame.Credit(Peers.Credit credit) ->
                    replies.add(new Frame.Credited(
                            new Peers.Credited(credit.source(), credit.destination(), credit.number())));
                case Frame.Ready _ -> opened.countDown();
                case Frame.Submit _,
                        Frame.Answer _,
                        Frame.Credited _,
                        Frame.Served _,
                        Frame.Suspended _,
                        Frame.Progress _,
                        Frame.Resend _,
                        Frame.Start _,
                        Frame.Rehearse _,
                        Frame.Failed _,
                        Frame.Beat _ -> {}
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
