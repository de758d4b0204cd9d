package fourways.process;

import fourways.workload.Command.ReadBalance;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Peers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The main class of workers that misbehave, in the manner that their configuration's variant names. They end with their supervisor, as a worker does. */
final class FakeWorker {

    enum Manner {
        /** Instead of serving, tells the permissions of its socket's directory. */
        CURIOUS,
        /** Sends bytes that are no frame. */
        GIBBERISH,
        /** Sends a frame that no worker sends. */
        PRESUMPTUOUS,
        /** Sends money to a shard that does not exist. */
        GENEROUS,
        /** Answers what it was not asked. */
        CONFUSED,
        /** Is never ready. */
        SLOW,
        /** Reads nothing. */
        DEAF
    }

    private FakeWorker() {}

    /** A worker that ends before it connects. */
    static final class Absent {

        private Absent() {}

        public static void main(String[] args) {
            Runtime.getRuntime().halt(3);
        }
    }

    public static void main(String[] args) throws IOException {
        Path socket = Path.of(args[0]);
        String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent()));
        try (SocketChannel channel = Sockets.connect(socket)) {
            LedgerConfig config = start(channel);
            Manner manner = Manner.valueOf(config.variant());
            if (manner != Manner.SLOW) {
                write(channel, manner == Manner.CURIOUS ? new Frame.Failed(permissions) : new Frame.Ready());
            }
            switch (manner) {
                case CURIOUS, SLOW, DEAF -> {}
                case GIBBERISH -> channel.write(ByteBuffer.wrap(new byte[] {0, 0, 0, 1, 99}));
                case PRESUMPTUOUS -> write(channel, new Frame.Submit(0, new ReadBalance(1, 0)));
                case GENEROUS -> write(channel, new Frame.Credit(new Peers.Credit(0, config.shards(), 1, 1, 0, 1, 1)));
                case CONFUSED -> {
                    write(channel, new Frame.Answer(Integer.MIN_VALUE, 1, new Accepted(1)));
                    write(channel, new Frame.Answer(Integer.MAX_VALUE, 1, new Accepted(1)));
                    write(channel, new Frame.Answer(0, 1, new Accepted(1)));
                }
            }
            if (manner != Manner.CURIOUS) {
                // It does not go by itself.
                System.in.readAllBytes();
            }
        }
    }

    /** Returns when it has been told what to be. */
    static LedgerConfig start(SocketChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(FrameCodec.MAX_FRAME_BYTES);
        while (true) {
            if (channel.read(bytes) < 0) {
                throw new IOException("no supervisor");
            }
            if (FrameCodec.decode(bytes.duplicate().flip()) instanceof Frame.Start start) {
                return start.config();
            }
        }
    }

    static void write(SocketChannel channel, Frame frame) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(FrameCodec.MAX_FRAME_BYTES);
        FrameCodec.encode(frame, bytes);
        channel.write(bytes.flip());
    }
}
