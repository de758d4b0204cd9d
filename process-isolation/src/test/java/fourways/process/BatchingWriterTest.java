package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchingWriterTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int SENDERS = 4;
    private static final int FRAMES = 50_000;

    @TempDir
    Path directory;

    private SocketChannel near;
    private SocketChannel far;

    @BeforeEach
    void connect() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        Path socket = directory.resolve("socket");
        try (ServerSocketChannel server = Sockets.listen(socket, 1)) {
            near = Sockets.connect(socket);
            far = server.accept();
        }
    }

    @AfterEach
    void disconnect() throws IOException {
        near.close();
        far.close();
    }

    @Test
    void everyFrameOfEverySenderArrivesInItsOrderAndThenTheEnd() throws Exception {
        BatchingWriter writer = new BatchingWriter(near, "test", 1 << 26);
        List<Thread> senders = new ArrayList<>();
        for (int sender = 0; sender < SENDERS; sender++) {
            int first = sender * FRAMES;
            senders.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < FRAMES; i++) {
                    writer.send(new Frame.Resend(first + i));
                }
            }));
        }
        Thread.ofPlatform().start(() -> {
            senders.forEach(BatchingWriterTest::join);
            writer.finish();
        });

        int[] next = new int[SENDERS];
        FrameReader reader = new FrameReader(far);
        while (reader.readBatch(frame -> {
            int number = ((Frame.Resend) frame).shard();
            assertEquals(next[number / FRAMES]++, number % FRAMES);
        })) {
            // Until the end.
        }

        for (int received : next) {
            assertEquals(FRAMES, received);
        }
        assertNull(writer.failure());
    }

    @Test
    void aPeerThatLeavesTooMuchUnreadIsCutOffAndNobodyWaitsForIt() {
        int limitBytes = 1 << 20;
        BatchingWriter writer = new BatchingWriter(near, "test", limitBytes);
        Frame frame = new Frame.Failed("x".repeat(1_000));

        int sent = 0;
        while (writer.failure() == null) {
            writer.send(frame);
            sent++;
        }

        assertEquals("is too slow: it has left more unread than the 1048576 bytes allowed", writer.failure());
        assertFalse(near.isOpen());
        // One batch on its way, one being filled, and what the kernel takes.
        assertTrue(sent < 4 * limitBytes / 1_000, sent + " frames taken");
        writer.send(frame);
    }

    @Test
    void aFrameAloneIsWrittenWithoutAnotherBehindIt() throws IOException {
        BatchingWriter writer = new BatchingWriter(near, "test", 1 << 20);
        FrameReader reader = new FrameReader(far);
        List<Frame> received = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            writer.send(new Frame.Resend(i));

            assertTrue(reader.readBatch(received::add));

            assertEquals(new Frame.Resend(i), received.getLast());
        }
    }

    @Test
    void aPeerThatIsGoneEndsTheConnection() throws IOException {
        BatchingWriter writer = new BatchingWriter(near, "test", 1 << 20);
        far.close();

        Awaitility.await().atMost(SOON).until(() -> {
            writer.send(new Frame.Ready());
            return writer.failure() != null;
        });

        assertFalse(near.isOpen());
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
