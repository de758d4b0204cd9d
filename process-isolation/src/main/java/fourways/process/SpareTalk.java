package fourways.process;

import fourways.workload.LedgerConfig;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What is said to a worker that has not been told what to be, and waited for. One that does not answer in time is killed. Not thread-safe. */
final class SpareTalk {

    private final WorkerProcess spare;
    private final DirectWriter out;
    private final FrameReader in;
    private long sent;
    private long heard;

    /** Begins when the worker has connected. */
    SpareTalk(WorkerProcess spare) throws IOException {
        this.spare = spare;
        SocketChannel channel = spare.connection();
        this.out = new DirectWriter(channel, 2 * FrameCodec.MAX_FRAME_BYTES);
        this.in = new FrameReader(channel);
    }

    /** Returns when the worker has practised once on such a ledger. */
    void rehearse(LedgerConfig config, Duration patience) throws IOException {
        out.send(new Frame.Rehearse(config));
        beat(patience);
    }

    /** Returns when the worker has answered. */
    void beat(Duration patience) throws IOException {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        var _ = answered.orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS).exceptionally(late -> {
            spare.kill();
            return null;
        });
        try {
            sent++;
            out.send(new Frame.Beat(sent));
            out.flush();
            while (heard < sent) {
                if (!in.readBatch(this::handle)) {
                    throw new IOException("it has ended");
                }
            }
        } finally {
            answered.complete(null);
        }
    }

    private void handle(Frame frame) throws MalformedFrameException {
        if (frame instanceof Frame.Failed(String message)) {
            throw new MalformedFrameException("it gave up: " + message);
        }
        if (!(frame instanceof Frame.Beat(long number))) {
            throw new MalformedFrameException(
                    "a spare sends no " + frame.getClass().getSimpleName() + ", allowed are Beat and Failed");
        }
        heard = number;
    }
}
