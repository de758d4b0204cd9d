package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Command;
import fourways.workload.Command.Deposit;
import fourways.workload.Command.ReadBalance;
import fourways.workload.Ledger;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerServerTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private Path socket;
    private final Books books = new Books();
    private LedgerServer server;

    /** Answers deposits with their amount, and leaves reads unanswered. */
    private static final class Books implements Ledger {
        final AtomicLong deposits = new AtomicLong();
        final Queue<CompletableFuture<Outcome>> reads = new ConcurrentLinkedQueue<>();

        @Override
        public CompletableFuture<Outcome> submit(Command command) {
            CompletableFuture<Outcome> answer = new CompletableFuture<>();
            if (command instanceof Deposit deposit) {
                deposits.incrementAndGet();
                answer.complete(new Accepted(deposit.amountCents()));
            } else {
                reads.add(answer);
            }
            return answer;
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void listen() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        socket = directory.resolve("ledger.sock");
        server = LedgerServer.open(books, socket);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void everyCommandIsAnsweredWithItsOwnOutcome() throws IOException {
        // More in all than may be in flight: so each is also forgotten when it is answered.
        int rounds = LedgerServer.MAX_IN_FLIGHT / 1_000 + 5;
        try (LedgerClient client = LedgerClient.connect(socket, 1_000)) {
            for (int round = 0; round < rounds; round++) {
                List<CompletableFuture<Outcome>> answers = new ArrayList<>();
                for (int i = 0; i < 1_000; i++) {
                    answers.add(client.submit(new Deposit(i, 0, i)));
                }
                for (int i = 0; i < 1_000; i++) {
                    assertEquals(new Accepted(i), answered(answers.get(i)));
                }
            }
        }
    }

    @Test
    void aFullClientRefusesAndTheAnswerMakesRoom() throws IOException {
        try (LedgerClient client = LedgerClient.connect(socket, 1)) {
            CompletableFuture<Outcome> first = client.submit(new ReadBalance(1, 0));

            CompletableFuture<Outcome> second = client.submit(new Deposit(2, 0, 5));

            assertEquals(Reason.OVERLOADED, refusal(second));
            Awaitility.await().atMost(SOON).until(() -> !books.reads.isEmpty());
            books.reads.remove().complete(new Accepted(77));
            assertEquals(new Accepted(77), answered(first));
            assertEquals(new Accepted(5), answered(client.submit(new Deposit(3, 0, 5))));
        }
    }

    @Test
    void aServerThatEndsMakesEverythingInFlightIndeterminate() throws IOException {
        try (LedgerClient client = LedgerClient.connect(socket, 10)) {
            CompletableFuture<Outcome> waiting = client.submit(new ReadBalance(1, 0));
            Awaitility.await().atMost(SOON).until(() -> !books.reads.isEmpty());

            server.close();

            assertInstanceOf(Indeterminate.class, answered(waiting));
            assertEquals(Reason.UNAVAILABLE, refusal(client.submit(new Deposit(2, 0, 5))));
        }
        assertFalse(Files.exists(socket));
    }

    @Test
    void aClosedClientAnswersEverythingAndRefusesNewcomers() throws IOException {
        LedgerClient client = LedgerClient.connect(socket, 10);
        CompletableFuture<Outcome> waiting = client.submit(new ReadBalance(1, 0));

        client.close();

        assertInstanceOf(Indeterminate.class, waiting.getNow(new Accepted(0)));
        assertEquals(Reason.UNAVAILABLE, refusal(client.submit(new Deposit(2, 0, 5))));
    }

    @Test
    void aClientThatSendsNonsenseLosesItsConnectionAndNobodyElseNotices() throws IOException {
        try (LedgerClient neighbour = LedgerClient.connect(socket, 10);
                SocketChannel hostile = Sockets.connect(socket)) {
            hostile.write(ByteBuffer.wrap(new byte[] {0x7f, -1, -1, -1, 1, 2, 3}));

            assertTrue(endOfStream(hostile));
            assertEquals(new Accepted(5), answered(neighbour.submit(new Deposit(1, 0, 5))));
        }
    }

    @Test
    void aClientThatSendsWhatOnlyAServerSendsLosesItsConnection() throws IOException {
        try (SocketChannel hostile = Sockets.connect(socket)) {
            write(hostile, new Frame.Answer(1, 1, new Accepted(1)));

            assertTrue(endOfStream(hostile));
        }
    }

    @Test
    void aClientThatDoesNotReadIsCutOffAndNobodyElseNotices() throws IOException {
        try (LedgerClient neighbour = LedgerClient.connect(socket, 10);
                SocketChannel deaf = Sockets.connect(socket)) {
            // Every one is answered, and no answer is read: in the end the server's bound is reached.
            assertThrows(java.io.UncheckedIOException.class, () -> {
                while (true) {
                    write(deaf, new Frame.Submit(0, new Deposit(1, 0, 5)));
                }
            });

            assertEquals(new Accepted(6), answered(neighbour.submit(new Deposit(1, 0, 6))));
        }
    }

    @Test
    void aConnectionHasABoundedNumberOfCommandsInFlight() throws IOException {
        int tooMany = LedgerServer.MAX_IN_FLIGHT + 3;
        try (SocketChannel greedy = Sockets.connect(socket)) {
            List<Frame> answers = new ArrayList<>();
            Thread.ofPlatform().start(() -> {
                for (int i = 0; i < tooMany; i++) {
                    write(greedy, new Frame.Submit(i, new ReadBalance(i, 0)));
                }
            });

            FrameReader reader = new FrameReader(greedy);
            while (answers.size() < 3) {
                assertTrue(reader.readBatch(answers::add));
            }

            assertEquals(LedgerServer.MAX_IN_FLIGHT, books.reads.size());
            for (Frame answer : answers) {
                Outcome outcome = assertInstanceOf(Frame.Answer.class, answer).outcome();
                assertEquals(
                        Reason.OVERLOADED,
                        assertInstanceOf(Refused.class, outcome).reason());
            }
        }
    }

    @Test
    void oneConnectionMoreThanAllowedIsClosedAtOnceAndThereIsRoomAgainWhenOneEnds() throws IOException {
        List<LedgerClient> clients = new ArrayList<>();
        for (int i = 0; i < LedgerServer.MAX_CONNECTIONS; i++) {
            clients.add(LedgerClient.connect(socket, 10));
            assertEquals(new Accepted(1), answered(clients.getLast().submit(new Deposit(i, 0, 1))));
        }

        try (SocketChannel tooMany = Sockets.connect(socket)) {
            assertTrue(endOfStream(tooMany));
        }
        clients.removeFirst().close();

        Awaitility.await().atMost(SOON).until(() -> {
            try (LedgerClient next = LedgerClient.connect(socket, 10)) {
                return answered(next.submit(new Deposit(1, 0, 1))).equals(new Accepted(1));
            }
        });
        clients.forEach(LedgerClient::close);
    }

    @Test
    void aDirectoryThatOthersMayEnterIsRefused() throws IOException {
        Path open = Files.createDirectory(directory.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-x---"));

        IOException refused =
                assertThrows(IOException.class, () -> LedgerServer.open(books, open.resolve("ledger.sock")));

        assertEquals(
                "directory " + open + " of socket ledger.sock is open to others, allowed is rwx------",
                refused.getMessage());
    }

    @Test
    void aSocketThatIsInUseIsRefusedAndOneThatADeadServerLeftIsReplaced() throws IOException {
        assertThrows(IOException.class, () -> LedgerServer.open(books, socket));
        assertEquals(new Accepted(1), depositThrough(socket));

        Path left = directory.resolve("left.sock");
        Sockets.listen(left, 1).close();
        assertTrue(Files.exists(left));
        try (LedgerServer _ = LedgerServer.open(books, left)) {
            assertEquals(new Accepted(1), depositThrough(left));
        }
    }

    private static Outcome depositThrough(Path socket) throws IOException {
        try (LedgerClient client = LedgerClient.connect(socket, 1)) {
            return answered(client.submit(new Deposit(1, 0, 1)));
        }
    }

    private static void write(SocketChannel channel, Frame frame) {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(FrameCodec.MAX_FRAME_BYTES);
            FrameCodec.encode(frame, bytes);
            channel.write(bytes.flip());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean endOfStream(SocketChannel channel) throws IOException {
        return channel.read(ByteBuffer.allocate(100)) < 0;
    }

    private static Outcome answered(CompletableFuture<Outcome> answer) {
        return answer.orTimeout(SOON.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                .join();
    }

    private static Reason refusal(CompletableFuture<Outcome> answer) {
        return assertInstanceOf(Refused.class, answered(answer)).reason();
    }
}
