package fourways.process;

import fourways.workload.Command;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerStore;
import fourways.workload.Load;
import fourways.workload.Peers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a spare worker does so that it need not learn it when it matters: round by round it takes on a {@link LedgerJob} with a ledger that nobody else has, in the way in which it will take on another,
 * serves random commands, and gives it up. So its classes are loaded and what counts is compiled before there is anything to take over.
 *
 * <p>It plays its supervisor, too, and the worker that has the other half of that ledger: they are at the other end of a socket, and all on one thread. So little is under way at a time that nobody has to wait for
 * somebody to read.
 */
final class Rehearsal implements FrameHandler, AutoCloseable {

    /** Few, for it is opening shards that has to be fast from the first time on. */
    private static final int COMMANDS_A_ROUND = 200;

    private static final int WORKER = 0;

    private final LedgerConfig config;
    private final Load load;
    private final SocketChannel ownEnd;
    private final SocketChannel otherEnd;
    private final FrameReader supervisor;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(2 * FrameCodec.MAX_FRAME_BYTES);

    /** What is practised; null between two rounds. */
    private @Nullable LedgerJob job;

    private boolean opened;
    private boolean answered;
    private long nextId;

    /** @param config of a ledger that lasts as long as this, and that nobody else uses */
    Rehearsal(LedgerConfig config) {
        this.config = config;
        this.load = Load.standard(config, 1).withCrossShardShare(0.5);
        Path socket = Objects.requireNonNull(config.directory()).resolveSibling("rehearsal");
        try (ServerSocketChannel server = Sockets.listen(socket, 1)) {
            ownEnd = Sockets.connect(socket);
            otherEnd = server.accept();
            supervisor = new FrameReader(otherEnd);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot practise", e);
        }
    }

    /** A ledger to practise on: like any hardened one, but small, and half of it belongs to a neighbor that this worker plays, too. */
    static LedgerConfig config(Path directory) {
        return LedgerConfig.in(directory)
                .withAccounts(1_024, 16)
                .withWorkers(2)
                .withSegments(1 << 18, false)
                .withVariant(ProcessArchitecture.HARDENED);
    }

    /** One round. Whoever wanted it notices if it does not end. */
    void run() {
        opened = false;
        try (LedgerStore _ = LedgerStore.open(config);
                LedgerJob practised = LedgerJob.begin(ownEnd, WORKER, config)) {
            job = practised;
            while (!opened) {
                supervisor.readBatch(this);
            }
            for (long end = nextId + COMMANDS_A_ROUND; nextId < end; nextId++) {
                serve(practised, load.command(nextId));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot practise", e);
        } finally {
            job = null;
        }
    }

    private void serve(LedgerJob practised, Command command) throws IOException {
        if (config.shardOf(command) % config.workers() == WORKER) {
            answered = false;
            tell(practised, new Frame.Submit(0, command));
            while (!answered) {
                supervisor.readBatch(this);
            }
        }
    }

    private void tell(LedgerJob practised, Frame frame) throws MalformedFrameException {
        bytes.clear();
        FrameCodec.encode(frame, bytes);
        practised.handle(Objects.requireNonNull(FrameCodec.decode(bytes.flip())));
        try {
            practised.out().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the supervisor is told. */
    @Override
    public void handle(Frame frame) throws MalformedFrameException {
        switch (frame) {
            case Frame.Credit(Peers.Credit credit) -> credited(credit);
            case Frame.Ready _ -> opened = true;
            case Frame.Answer _ -> answered = true;
            case Frame.Submit _,
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
    }

    private void credited(Peers.Credit credit) throws MalformedFrameException {
        tell(
                Objects.requireNonNull(job),
                new Frame.Credited(new Peers.Credited(credit.source(), credit.destination(), credit.number())));
    }

    /** There is no more to practise for. */
    @Override
    public void close() {
        Sockets.closeQuietly(ownEnd);
        Sockets.closeQuietly(otherEnd);
    }
}
