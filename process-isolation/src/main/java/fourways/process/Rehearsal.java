package fourways.process;

import fourways.workload.Command;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerStore;
import fourways.workload.Load;
import fourways.workload.Peers.Credit;
import fourways.workload.Peers.Credited;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What a spare does so that it need not learn it when it matters: round by round it is a {@link Worker} of a ledger that nobody else has, told in the same words to take on a {@link LedgerJob} as it will be
 * in earnest, serves random commands, and gives it up. So its classes are loaded and what counts is compiled before there is anything to take over.
 */
final class Rehearsal {

    /** With this, and so many rounds, the compiler is through with what serves them; it had otherwise to share the cores with a takeover. */
    private static final int BATCHES_A_ROUND = 80;

    /** Few commands at once, for there are as many reads and writes to be practised then. And all of them fit into a socket that is read only when they have been written. */
    private static final int BATCH = 20;

    /** Each is the number of a shard and of an account, too. */
    private static final int WORKER = 0;

    private static final int NEIGHBOR = 1;

    private final LedgerConfig config;
    private final Load load;
    private final Path socket;
    private long nextId;

    /** How many transfers have come from the neighbor. */
    private long credits;

    /** @param config of a ledger that lasts as long as this, and that nobody else uses */
    Rehearsal(LedgerConfig config) {
        this.config = config;
        this.load = Load.standard(config, 1).withCrossShardShare(0.5);
        this.socket = Objects.requireNonNull(config.directory()).resolveSibling("rehearsal");
    }

    /** A ledger to practise on: like any hardened one, with as many shards of the usual size, and all but its own belong to neighbors that are played, too. */
    static LedgerConfig config(Path directory) {
        return LedgerConfig.in(directory)
                .withAccounts(102_400, 64)
                .withWorkers(4)
                .withSegments(1 << 18, false)
                .withVariant(ProcessArchitecture.HARDENED);
    }

    /** One round, which leaves nothing behind but the ledger. Whoever wanted it notices if it does not end. */
    void run() {
        String name = Thread.currentThread().getName();
        try (ServerSocketChannel server = Sockets.listen(socket, 1);
                SocketChannel ownEnd = Sockets.connect(socket);
                SocketChannel otherEnd = server.accept()) {
            Files.delete(socket);
            try (LedgerStore _ = LedgerStore.open(config);
                    Worker worker = new Worker(ownEnd)) {
                new Round(worker, otherEnd).play();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot practise", e);
        } finally {
            Thread.currentThread().setName(name);
        }
        // Now there is time for it; what is left of a round would otherwise be collected while shards are opened.
        System.gc();
    }

    /** Plays the supervisor, too, and the worker that has the other half of the ledger: they are at the other end of the socket, and all on one thread. */
    private final class Round implements FrameHandler {

        private final Worker worker;
        private final FrameReader supervisor;
        private final DirectWriter orders;
        private boolean opened;

        /** Whether the worker has been told something that it has not read. */
        private boolean ordered;

        /** How many answers the worker owes. */
        private int owed;

        Round(Worker worker, SocketChannel otherEnd) {
            this.worker = worker;
            this.supervisor = new FrameReader(otherEnd);
            this.orders = new DirectWriter(otherEnd, 4 * BATCH * FrameCodec.MAX_FRAME_BYTES);
        }

        void play() throws IOException {
            tell(new Frame.Start(Frame.Job.LEDGER, WORKER, config));
            pass();
            while (!opened) {
                supervisor.readBatch(this);
                // As a heartbeat does, and clients, while some of the shards are not open yet.
                order(new Frame.Beat(1));
                settle();
            }
            for (int shard = WORKER; shard < config.shards(); shard += config.workers()) {
                tell(new Frame.Resend(shard));
            }
            for (int batch = 0; batch < BATCHES_A_ROUND; batch++) {
                for (int command = 0; command < BATCH; command++) {
                    order(new Frame.Submit(0, nextOwnCommand()));
                }
                credits++;
                order(new Frame.Credit(new Credit(NEIGHBOR, WORKER, credits, nextId++, NEIGHBOR, WORKER, 1)));
                settle();
            }
        }

        private void order(Frame frame) {
            tell(frame);
            owed++;
        }

        private void tell(Frame frame) {
            orders.send(frame);
            ordered = true;
        }

        /** Returns when the worker owes nothing. What it has been told it reads first, so there is always something to be heard from it. */
        private void settle() throws IOException {
            while (owed > 0) {
                if (ordered) {
                    pass();
                }
                supervisor.readBatch(this);
            }
        }

        /** Has the worker deal with what it has been told. */
        private void pass() throws IOException {
            ordered = false;
            orders.flush();
            worker.serveBatch();
        }

        /** What the supervisor, or the neighbor, is told. */
        @Override
        public void handle(Frame frame) {
            switch (frame) {
                case Frame.Credit(Credit credit) ->
                    tell(new Frame.Credited(new Credited(credit.source(), credit.destination(), credit.number())));
                case Frame.Ready _ -> opened = true;
                case Frame.Answer _, Frame.Credited _, Frame.Beat _ -> owed--;
                case Frame.Submit _,
                        Frame.Served _,
                        Frame.Suspended _,
                        Frame.Progress _,
                        Frame.Resend _,
                        Frame.Start _,
                        Frame.Rehearse _,
                        Frame.Failed _ -> {}
            }
        }
    }

    private Command nextOwnCommand() {
        Command command = load.command(nextId++);
        while (config.shardOf(command) % config.workers() != WORKER) {
            command = load.command(nextId++);
        }
        return command;
    }
}
