package fourways.process;

import fourways.workload.LedgerConfig;
import fourways.workload.LedgerOpenException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Keeps all workers running and brings every frame to the one that owns its shard. It never looks into a shard: all it knows of a worker is whether there is one.
 *
 * <p>When the shards of a worker are open, for the first time or again, all workers are told to send again what was under way to them; their own worker does so with what
 * their journals hold. So nothing needs to be kept here, and a frame for a worker that is not there may be dropped.
 */
final class Supervisor implements AutoCloseable {

    /** How long workers may take to close their shards. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

    private final LedgerConfig config;
    private final Clients clients;
    private final Policies policies;
    private final List<WorkerSeat> seats;

    private Supervisor(LedgerConfig config, Frame.Job job, Clients clients, Policies policies) {
        this.config = config;
        this.clients = clients;
        this.policies = policies;
        this.seats = IntStream.range(0, workers(config))
                .mapToObj(
                        worker -> new WorkerSeat(new Frame.Start(job, worker, config), policies, this::route, clients))
                .toList();
    }

    /** How many workers there are: none without a shard. */
    static int workers(LedgerConfig config) {
        return Math.min(config.workers(), config.shards());
    }

    /**
     * Starts all workers, and returns when all of them serve.
     *
     * @param policies are closed with the supervisor
     * @throws LedgerOpenException with what the first of them says that does not; none is left then
     */
    static Supervisor open(LedgerConfig config, Frame.Job job, Clients clients, Policies policies) {
        Supervisor supervisor = new Supervisor(config, job, clients, policies);
        try {
            supervisor.seats.forEach(WorkerSeat::open);
            supervisor.seats.forEach(WorkerSeat::awaitOpen);
            policies.recruits().allServe();
            return supervisor;
        } catch (LedgerOpenException e) {
            supervisor.close();
            throw e;
        }
    }

    /** Sends a frame to the owner of a shard; false if there is none at present. */
    boolean send(int shard, Frame frame) {
        return seats.get(shard % config.workers()).send(frame);
    }

    private void route(WorkerSeat from, Frame frame) throws MalformedFrameException {
        switch (frame) {
            case Frame.Answer answer -> clients.answered(answer);
            case Frame.Credit(var credit) -> send(checked(credit.destination()), frame);
            case Frame.Credited(var credited) -> send(checked(credited.source()), frame);
            case Frame.Served(int shard) -> {
                clients.resumed(checked(shard));
                if (from.isAtWork()) {
                    resendTo(shard);
                }
            }
            case Frame.Suspended suspended ->
                clients.suspended(checked(suspended.shard()), reason(suspended), suspended.givenUp());
            case Frame.Ready _ -> {
                clients.serving(from.worker());
                // All at once: one message for each worker, and not for each shard, while the cores are busy opening
                // them.
                for (int shard = from.worker(); shard < config.shards(); shard += config.workers()) {
                    resendTo(shard);
                }
            }
            case Frame.Submit _,
                    Frame.Start _,
                    Frame.Resend _,
                    Frame.Failed _,
                    Frame.Beat _,
                    Frame.Progress _,
                    Frame.Rehearse _ ->
                throw new MalformedFrameException(
                        "a worker at work sends no " + frame.getClass().getSimpleName()
                                + ", allowed are Answer, Credit, Credited, Served, Suspended, Ready, Beat, Progress and Failed");
        }
    }

    private void resendTo(int recovered) {
        Frame resend = new Frame.Resend(recovered);
        seats.forEach(seat -> seat.send(resend));
    }

    private static String reason(Frame.Suspended suspended) {
        return suspended.reason() + "; the next attempt is in " + suspended.pauseMillis() + " ms";
    }

    private int checked(int shard) throws MalformedFrameException {
        if (shard < 0 || shard >= config.shards()) {
            throw new MalformedFrameException("shard " + shard + ", allowed are 0 to " + (config.shards() - 1));
        }
        return shard;
    }

    /** Lets every worker close its shards, kills those that do not within a bound, and returns when the last process has ended. */
    @Override
    public void close() {
        long deadlineNanos = System.nanoTime() + STOP_PATIENCE.toNanos();
        seats.forEach(WorkerSeat::stop);
        seats.forEach(seat -> seat.awaitStop(deadlineNanos));
        policies.close();
    }
}
