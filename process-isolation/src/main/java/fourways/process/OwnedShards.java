package fourways.process;

import fourways.workload.Command;
import fourways.workload.JournalMode;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerStore;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Peers;
import fourways.workload.Reply;
import fourways.workload.Shard;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The shards of one worker: every one whose number modulo the number of workers is the worker's. One thread owns them all, so there is nothing to lock.
 *
 * <p><b>Messages.</b> One shard's message to another of the same worker waits until the frame at hand has been dealt with, because a shard must not be called from
 * within another, or itself. All other messages take the way through the supervisor; in {@code DISK} mode all of them do, since they then start on the thread that
 * forces the journals.
 *
 * <p><b>Failure.</b> A shard that throws at a command is closed and recovered from its journal, and nobody else is concerned. Whatever else goes wrong, a message between
 * shards that cannot be dealt with, a shard that cannot be recovered, an error of the JVM: the worker gives up, and the supervisor starts another, with all
 * memory fresh.
 */
final class OwnedShards implements WorkerJob, Peers {

    private static final System.Logger LOG = System.getLogger(OwnedShards.class.getName());

    private final LedgerConfig config;
    private final int worker;
    private final FrameSink out;
    private final LedgerStore store;

    /** By shard number divided by the number of workers. */
    private final List<Shard> shards = new ArrayList<>();

    /** Messages between shards of this worker that are still to be delivered. What the outboxes hold is their bound. */
    private final ArrayDeque<Runnable> local = new ArrayDeque<>();

    /** Whether messages start on the owner's thread only. */
    private final boolean singleThreaded;

    /**
     * Opens the shards, says so, and sends on what was under way.
     *
     * @throws RuntimeException if one cannot be opened; none is open then
     */
    OwnedShards(LedgerConfig config, int worker, FrameSink out) {
        this.config = config;
        this.worker = worker;
        this.out = out;
        this.singleThreaded = config.journal() != JournalMode.DISK;
        this.store = LedgerStore.join(config);
        try {
            for (int index = worker; index < config.shards(); index += config.workers()) {
                shards.add(Shard.open(store, index, this));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        out.send(new Frame.Ready());
        shards.forEach(Shard::resendAll);
        deliverLocal();
    }

    @Override
    public void handle(Frame frame) throws MalformedFrameException {
        switch (frame) {
            case Frame.Submit(int token, Command command) -> serve(shard(config.shardOf(command)), token, command);
            case Frame.Credit(Credit credit) -> shard(credit.destination()).credit(credit);
            case Frame.Credited(Credited credited) -> shard(credited.source()).credited(credited);
            case Frame.Resend(int recovered) -> resendTo(recovered);
            case Frame.Beat beat -> out.send(beat);
            case Frame.Answer _, Frame.Start _, Frame.Ready _, Frame.Failed _, Frame.Rehearse _ ->
                throw new MalformedFrameException("a worker at work is sent no "
                        + frame.getClass().getSimpleName() + ", allowed are Submit, Credit, Credited, Resend and Beat");
        }
        deliverLocal();
    }

    private void serve(Shard shard, int token, Command command) {
        Reply reply = outcome -> out.send(new Frame.Answer(token, command.id(), outcome));
        try {
            shard.handle(command, reply);
        } catch (RuntimeException | StackOverflowError e) {
            reply.answer(new Indeterminate("failed while serving: " + e));
            recover(shard, e);
        }
    }

    /** Replaces a shard that threw. */
    private void recover(Shard broken, Throwable cause) {
        int index = broken.index();
        LOG.log(System.Logger.Level.WARNING, "shard " + index + " has failed and is recovered from its journal", cause);
        broken.close();
        Shard recovered = Shard.open(store, index, this);
        shards.set(index / config.workers(), recovered);
        resendTo(index);
        out.send(new Frame.Resend(index));
        recovered.resendAll();
    }

    private void resendTo(int recovered) {
        shards.forEach(shard -> shard.resend(recovered));
    }

    @Override
    public void credit(Credit credit) {
        if (singleThreaded && isOwn(credit.destination())) {
            local.add(() -> own(credit.destination()).credit(credit));
        } else {
            out.send(new Frame.Credit(credit));
        }
    }

    @Override
    public void credited(Credited credited) {
        if (singleThreaded && isOwn(credited.source())) {
            local.add(() -> own(credited.source()).credited(credited));
        } else {
            out.send(new Frame.Credited(credited));
        }
    }

    private void deliverLocal() {
        for (Runnable message = local.poll(); message != null; message = local.poll()) {
            message.run();
        }
    }

    private boolean isOwn(int shard) {
        return shard >= 0 && shard < config.shards() && shard % config.workers() == worker;
    }

    private Shard own(int shard) {
        return shards.get(shard / config.workers());
    }

    private Shard shard(int shard) throws MalformedFrameException {
        if (!isOwn(shard)) {
            throw new MalformedFrameException("shard " + shard + ", allowed are those of worker " + worker + " of "
                    + config.workers() + ", below " + config.shards());
        }
        return own(shard);
    }

    /** Gives the journals up; what waits for being durable is still made so, and said. */
    @Override
    public void close() {
        shards.forEach(Shard::close);
        store.close();
    }
}
