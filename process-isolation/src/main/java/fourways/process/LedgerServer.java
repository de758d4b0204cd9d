package fourways.process;

import fourways.workload.Command;
import fourways.workload.Ledger;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Serves any ledger to {@link LedgerClient}s in other processes, on a Unix domain socket. Each connection is read by a thread of its own, which submits what
 * comes in; the answers go back in batches, in the order in which the ledger gives them.
 *
 * <p>Bounded: connections, commands in flight per connection, and what a client that does not read may leave unread. A client that does anything it may not loses
 * its connection; the ledger and the others do not notice.
 */
public final class LedgerServer implements AutoCloseable {

    /** Each has two threads. */
    static final int MAX_CONNECTIONS = 16;

    /** Commands in flight per connection, above which one is refused. */
    static final int MAX_IN_FLIGHT = 1 << 16;

    /** Room for the usual answers to all that is in flight, twice; long texts for all of them are more than a client may leave unread. */
    private static final int MAX_UNREAD_BYTES = MAX_IN_FLIGHT * 128;

    private static final System.Logger LOG = System.getLogger(LedgerServer.class.getName());

    private final Ledger ledger;
    private final Path socket;
    private final ServerSocketChannel server;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();

    private LedgerServer(Ledger ledger, Path socket, ServerSocketChannel server) {
        this.ledger = ledger;
        this.socket = socket;
        this.server = server;
    }

    /**
     * Listens. The ledger stays the caller's to close, best before the server, so that every answer still finds its way.
     *
     * @param socket in a directory that only its owner can enter; at most about 100 bytes long, as sockets' paths are
     * @throws IOException if that is not so, or another server listens there; what a dead one left there is replaced
     */
    public static LedgerServer open(Ledger ledger, Path socket) throws IOException {
        LedgerServer opened = new LedgerServer(ledger, socket, Sockets.listen(socket, MAX_CONNECTIONS));
        Thread.ofPlatform().daemon().name("ledger-server").start(opened::accept);
        return opened;
    }

    private void accept() {
        try {
            for (int number = 0; ; number++) {
                welcome(server.accept(), "ledger-client-" + number);
            }
        } catch (ClosedChannelException e) {
            LOG.log(Level.DEBUG, "closed");
        } catch (IOException e) {
            LOG.log(Level.ERROR, "takes no more connections at " + socket, e);
        }
    }

    private void welcome(SocketChannel channel, String peer) {
        if (connections.size() == MAX_CONNECTIONS) {
            LOG.log(Level.WARNING, "one more connection than the {0} allowed", MAX_CONNECTIONS);
            Sockets.closeQuietly(channel);
            return;
        }
        Connection connection = new Connection(channel, peer, MAX_UNREAD_BYTES);
        connections.add(connection);
        Thread.ofPlatform().daemon().name(peer).start(() -> serve(connection));
        if (!server.isOpen()) {
            // close() may have looked before this one was there.
            connection.close();
        }
    }

    private void serve(Connection connection) {
        AtomicInteger inFlight = new AtomicInteger();
        Connection.End end = connection.serve(frame -> {
            if (!(frame instanceof Frame.Submit(int token, Command command))) {
                throw new MalformedFrameException(
                        "a client sends no " + frame.getClass().getSimpleName() + ", allowed is Submit");
            }
            submit(connection, inFlight, token, command);
        });
        connections.remove(connection);
        LOG.log(end.isMisconduct() ? Level.WARNING : Level.DEBUG, end.why() + "; the connection is closed");
    }

    private void submit(Connection connection, AtomicInteger inFlight, int token, Command command) {
        if (inFlight.incrementAndGet() > MAX_IN_FLIGHT) {
            inFlight.decrementAndGet();
            Refused refused = new Refused(
                    Reason.OVERLOADED, "the connection has " + MAX_IN_FLIGHT + " commands in flight, its capacity");
            connection.send(new Frame.Answer(token, command.id(), refused));
            return;
        }
        var _ = ledger.submit(command).whenComplete((outcome, failure) -> {
            // First, because on the answer the client may send the next.
            inFlight.decrementAndGet();
            connection.send(new Frame.Answer(token, command.id(), orIndeterminate(outcome, failure)));
        });
    }

    /** A ledger never completes with an exception; if one does, the client is told what is known. */
    private static Outcome orIndeterminate(@Nullable Outcome outcome, @Nullable Throwable failure) {
        return outcome != null ? outcome : new Indeterminate("the ledger has failed: " + failure);
    }

    /** Takes no more connections and ends those there are; what has been answered is still sent. */
    @Override
    public void close() throws IOException {
        server.close();
        connections.forEach(Connection::finish);
        connections.forEach(Connection::close);
        Files.deleteIfExists(socket);
    }
}
