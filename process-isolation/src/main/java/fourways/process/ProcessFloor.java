package fourways.process;

import fourways.workload.Admission;
import fourways.workload.Command;
import fourways.workload.Ledger;
import fourways.workload.LedgerConfig;
import fourways.workload.Outcome;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The bare hop of {@code process-isolation}: the same supervisor, sockets and frames, to workers that answer at once. */
final class ProcessFloor implements Ledger, Clients {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final LedgerConfig config;

    /** Not a gate, but what a hop across a socket cannot do without. */
    private final Correlation inFlight;

    private final Supervisor supervisor;

    ProcessFloor(LedgerConfig config) {
        this.config = config;
        this.inFlight = new Correlation(config.shards() * config.capacity());
        this.supervisor =
                Supervisor.open(config, Frame.Job.ECHO, this, Policies.plain(config, Frame.Job.ECHO, Worker.class));
    }

    @Override
    public CompletableFuture<Outcome> submit(Command command) {
        Correlation.Pending pending = inFlight.open(command);
        if (pending == null) {
            return CompletableFuture.completedFuture(
                    new Refused(Reason.OVERLOADED, inFlight.capacity() + " commands are in flight, the capacity"));
        }
        if (!supervisor.send(shardOf(command), new Frame.Submit(pending.token(), command))) {
            inFlight.answer(pending, Admission.unavailable("the worker is lost"));
        }
        return pending;
    }

    /** Some shard for nonsense too: everything is answered here. */
    private int shardOf(Command command) {
        return Math.floorMod(config.shardOf(command), config.shards());
    }

    @Override
    public void answered(Frame.Answer answer) {
        inFlight.answer(answer.token(), answer.id(), answer.outcome());
    }

    @Override
    public void serving(int worker) {}

    @Override
    public void resumed(int shard) {}

    @Override
    public void suspended(int shard, String reason, boolean givenUp) {}

    @Override
    public void lost(int worker, String reason) {
        inFlight.answerAll(
                command -> shardOf(command) % config.workers() == worker, new Indeterminate("not answered: " + reason));
    }

    @Override
    public void abandoned(int worker, String reason) {}

    @Override
    public void close() {
        inFlight.awaitAnswers(PATIENCE);
        supervisor.close();
        inFlight.answerAll(any -> true, new Indeterminate("the ledger closed before this was answered"));
    }
}
