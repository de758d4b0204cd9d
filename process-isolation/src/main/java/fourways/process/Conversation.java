package fourways.process;

import fourways.workload.RecoveryLog;
import fourways.workload.RecoveryLog.Step;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a seat and the worker at hand have to say to each other, from the word what the worker is to be until its connection ends. It is watched while it opens its shards, and has to answer
 * heartbeats from the first open one on.
 *
 * <p>For the thread of the seat; what is there for the heartbeat comes on its own.
 */
final class Conversation implements FrameHandler, Heartbeat.Patient, AutoCloseable {

    private final WorkerSeat seat;
    private final WorkerProcess worker;
    private final Frame.Start start;
    private final Heartbeat heartbeat;
    private final Connection connection;
    private final OpeningWatch opening;

    /** What the worker says of its own end. */
    private @Nullable String lastWords;

    /** The observation of the worker, if it serves. */
    private Heartbeat.@Nullable Line line;

    /** Waits for the worker to connect. */
    Conversation(WorkerSeat seat, WorkerProcess worker, Policies policies, Frame.Start start) throws IOException {
        this.seat = seat;
        this.worker = worker;
        this.start = start;
        this.heartbeat = policies.heartbeat();
        this.connection = new Connection(worker.connection(), start.name(), Limits.unreadBytes(start.config()));
        this.opening = OpeningWatch.start(connection, policies.openPatience());
    }

    /** Tells the worker what to be, and hears it out. Returns when the connection has ended, and why it has. */
    String hold() {
        connection.send(start);
        if (seat.hasOpened()) {
            RecoveryLog.worker(Step.REPLACEMENT_UP, worker.pid(), "the process to be " + start.name());
        }
        return connection.serve(this).why();
    }

    /** The worker itself knows best. */
    String lastWordsOr(String why) {
        return lastWords == null ? why : lastWords;
    }

    @Override
    public void handle(Frame frame) throws MalformedFrameException {
        if (lastWords != null) {
            // It has given up, and its connection has been cut off; this was in the same batch.
            return;
        }
        switch (frame) {
            case Frame.Served _ -> {
                opening.news();
                serves();
                seat.route(frame);
            }
            case Frame.Suspended(int _, String reason, long _, boolean _) -> {
                opening.news();
                if (seat.hasOpened()) {
                    seat.route(frame);
                } else {
                    // Whoever opens a ledger wants all of it.
                    giveUp(reason);
                }
            }
            case Frame.Ready ready -> {
                opening.close();
                serves();
                boolean again = seat.hasOpened();
                seat.ready(ready);
                if (again) {
                    RecoveryLog.worker(Step.REPLAYED, worker.pid(), "all shards of " + start.name());
                }
            }
            case Frame.Failed(String message) -> giveUp(message);
            case Frame.Beat beat when line != null -> line.heard(beat);
            case Frame.Progress _ when line != null -> line.progressed();
            case Frame.Submit _,
                    Frame.Answer _,
                    Frame.Credit _,
                    Frame.Credited _,
                    Frame.Resend _,
                    Frame.Start _,
                    Frame.Beat _,
                    Frame.Progress _,
                    Frame.Rehearse _ -> seat.route(frame);
        }
    }

    /** From the first open shard on; before that there is nothing that it could be asked for. */
    private void serves() {
        if (line == null) {
            line = heartbeat.observe(this);
            seat.serves(connection);
        }
    }

    private void giveUp(String message) {
        lastWords = message;
        connection.cutOff("gave up: " + message);
    }

    @Override
    public void send(Frame.Beat beat) {
        connection.send(beat);
    }

    @Override
    public void hangs(String why) {
        connection.cutOff(why);
        worker.kill();
    }

    @Override
    public LongSupplier coreWait() {
        return CoreWait.from(worker.pid());
    }

    @Override
    public void close() {
        opening.close();
        connection.close();
        if (line != null) {
            line.close();
        }
    }
}
