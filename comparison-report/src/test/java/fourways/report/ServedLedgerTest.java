package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that is closed at any moment while it is being opened, with a shell in the place of its JVM: nothing of it may live on. */
final class ServedLedgerTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final List<String> READY = List.of("sh", "-c", "echo " + TrialHost.READY + "; exec sleep 100");

    @TempDir
    Path directory;

    private final List<TrialJvm> started = new CopyOnWriteArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(TrialJvm::close);
    }

    @Test
    void whatWasClosedIsNotStarted() {
        ServedLedger served = served(READY, jvm -> {});
        served.close();

        assertThrows(InterruptedException.class, served::open);

        assertEquals(List.of(), started);
    }

    /** Between the look whether it may be started and the moment from which it is known: a command is read when the process is about to be. */
    @Test
    void closingWhileTheJvmIsBeingStartedEndsIt() throws Exception {
        List<ServedLedger> all = new CopyOnWriteArrayList<>();
        Thread closing =
                Thread.ofPlatform().daemon().unstarted(() -> all.getFirst().close());
        Set<Thread.State> tried = EnumSet.of(Thread.State.BLOCKED, Thread.State.TERMINATED);
        all.add(served(
                whenRead(READY, () -> {
                    closing.start();
                    Awaitility.await().atMost(LONG).until(() -> tried.contains(closing.getState()));
                }),
                jvm -> {}));

        assertThrows(Exception.class, () -> all.getFirst().open());

        closing.join(LONG);
        assertEquals(1, started.size());
        assertEquals(List.of(), started.getFirst().tree().alive(), "it was closed, and its JVM lives");
    }

    @Test
    void closingWhileTheLedgerIsBeingOpenedEndsTheConnection() throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("socket"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            List<ServedLedger> all = new CopyOnWriteArrayList<>();
            all.add(served(READY, jvm -> {
                awaitReady(jvm);
                all.getFirst().close();
            }));

            assertThrows(InterruptedException.class, () -> all.getFirst().open());

            try (SocketChannel connection = server.accept()) {
                connection.configureBlocking(false);
                Awaitility.await("the end of the connection")
                        .atMost(LONG)
                        .until(() -> connection.read(ByteBuffer.allocate(1 << 10)) < 0);
            }
        }
    }

    private ServedLedger served(List<String> command, Consumer<TrialJvm> onStart) {
        ServedLedger.Listener listener = new ServedLedger.Listener() {
            @Override
            public void started(TrialJvm jvm) {
                started.add(jvm);
                onStart.accept(jvm);
            }
        };
        return new ServedLedger(command, directory.resolve("socket"), directory.resolve("log"), 1, 0, listener);
    }

    private static void awaitReady(TrialJvm jvm) {
        try {
            jvm.awaitReady(LONG);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The same, but something happens when the words of it are taken together. */
    private static List<String> whenRead(List<String> command, Runnable first) {
        return new AbstractList<>() {
            @Override
            public String get(int index) {
                return command.get(index);
            }

            @Override
            public int size() {
                return command.size();
            }

            @Override
            public <T> T[] toArray(T[] array) {
                first.run();
                return command.toArray(array);
            }
        };
    }
}
