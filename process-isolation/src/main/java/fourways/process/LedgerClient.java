package fourways.process;

import fourways.workload.Admission;
import fourways.workload.Command;
import fourways.workload.Ledger;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A ledger in another process, reached over the Unix domain socket of its {@link LedgerServer}. When that process dies, everything in flight is answered {@code
 * Indeterminate} at once, and everything after that refused {@code UNAVAILABLE}; a client does not connect again, its owner opens a new one.
 *
 * <p>Futures are completed on the one thread that reads the socket.
 */
public final class LedgerClient implements Ledger {

    /** What one command takes at most is more than this, but only nonsense does. */
    private static final int USUAL_FRAME_BYTES = 64;

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final Correlation inFlight;
    private final Connection connection;

    /** Why nothing is submitted any more; null as long as it is. */
    private volatile @Nullable String ended;

    private LedgerClient(Connection connection, int capacity) {
        this.inFlight = new Correlation(capacity);
        this.connection = connection;
        Thread.ofPlatform().daemon().name("ledger-client").start(this::read);
    }

    /**
     * Connects to a server.
     *
     * @param socket where the server listens
     * @param capacity how many commands may be in flight, above which one is refused {@code OVERLOADED}; at most what the server allows a connection
     * @throws IOException if nobody listens there
     */
    public static LedgerClient connect(Path socket, int capacity) throws IOException {
        if (capacity < 1 || capacity > LedgerServer.MAX_IN_FLIGHT) {
            throw new IllegalArgumentException(
                    "capacity is " + capacity + ", allowed are 1 to " + LedgerServer.MAX_IN_FLIGHT);
        }
        int limitBytes = capacity * USUAL_FRAME_BYTES + (1 << 20);
        return new LedgerClient(new Connection(Sockets.connect(socket), "ledger-server", limitBytes), capacity);
    }

    @Override
    public CompletableFuture<Outcome> submit(Command command) {
        if (ended != null) {
            return CompletableFuture.completedFuture(unavailable());
        }
        Correlation.Pending pending = inFlight.open(command);
        if (pending == null) {
            return CompletableFuture.completedFuture(new Refused(
                    Reason.OVERLOADED, "the client has " + inFlight.capacity() + " commands in flight, its capacity"));
        }
        // Once more, now that the slot is taken: either answerTheRest() finds the command there, or this sees the end.
        if (ended != null) {
            inFlight.answer(pending, unavailable());
        } else {
            connection.send(new Frame.Submit(pending.token(), command));
        }
        return pending;
    }

    private Refused unavailable() {
        return Admission.unavailable(String.valueOf(ended));
    }

    private void read() {
        try {
            end(connection.serve(this::handle).why());
        } finally {
            // Only an error can leave this to be said here.
            end("the client has failed");
            answerTheRest();
        }
    }

    private void handle(Frame frame) throws MalformedFrameException {
        if (!(frame instanceof Frame.Answer(int token, long id, Outcome outcome))) {
            throw new MalformedFrameException(
                    "a server sends no " + frame.getClass().getSimpleName() + ", allowed is Answer");
        }
        inFlight.answer(token, id, outcome);
    }

    private void end(String why) {
        if (ended == null) {
            ended = why;
        }
    }

    private void answerTheRest() {
        inFlight.answerAll(any -> true, new Indeterminate("not answered: " + ended));
    }

    @Override
    public void close() {
        end("the client is closed");
        inFlight.awaitAnswers(CLOSE_PATIENCE);
        connection.close();
        answerTheRest();
    }
}
