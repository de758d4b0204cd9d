package fourways.process;

import fourways.workload.Admission;
import fourways.workload.Command;
import fourways.workload.JournalMode;
import fourways.workload.LedgerConfig;
import fourways.workload.LedgerStore;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Peers;
import fourways.workload.RecoveryLog;
import fourways.workload.RecoveryLog.Step;
import fourways.workload.Reply;
import fourways.workload.Restarts;
import fourways.workload.Restarts.Decision;
import fourways.workload.Shard;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The shards of one worker: every one whose number modulo the number of workers is the worker's. One thread owns them all, so there is nothing to lock; a {@link
 * ShardOpener} brings it each shard as soon as that is open.
 *
 * <p><b>Messages.</b> One shard's message to another of the same worker waits until the frame at hand has been dealt with, because a shard must not be called from
 * within another, or itself. All other messages take the way through the supervisor; in {@code DISK} mode all of them do, since they then start on the thread that
 * forces the journals. Messages for a shard that is not open are dropped: when it is, everybody is told to send to it again.
 *
 * <p><b>Failure.</b> A shard that throws is closed and opened anew from its journal when the {@link Restarts} say so, and nobody else is concerned; what is asked of it meanwhile is
 * refused. Where they give up for good, and at whatever else goes wrong, an error of the JVM for example, the worker gives up, and the supervisor starts another, with all memory fresh.
 */
final class OwnedShards implements FrameHandler, Peers, AutoCloseable {

    private final LedgerConfig config;
    private final int worker;
    private final FrameSink out;
    private final LedgerStore store;
    private final ShardOpener opener;

    /** By shard number divided by the number of workers; null as long as the opener has it. */
    private final @Nullable Shard[] shards;

    /** Messages between shards of this worker that are still to be delivered. What the outboxes hold is their bound. */
    private final ArrayDeque<Runnable> local = new ArrayDeque<>();

    /** Whether messages start on the owner's thread only. */
    private final boolean singleThreaded;

    /**
     * Begins to open the shards. Each is served when it is, and sends on what was under way.
     *
     * @param out of the owner's thread only, unless journals are forced
     * @param announcements takes frames from any thread, and writes them soon
     */
    OwnedShards(LedgerConfig config, int worker, FrameSink out, FrameSink announcements, ShardPolicies policies) {
        this.config = config;
        this.worker = worker;
        this.out = out;
        this.singleThreaded = config.journal() != JournalMode.DISK;
        this.store = LedgerStore.join(config);
        List<Integer> own =
                IntStream.range(0, config.shards()).filter(this::isOwn).boxed().toList();
        this.shards = new @Nullable Shard[own.size()];
        this.opener = new ShardOpener(store, own, this, policies, announcements);
        opener.openAll();
    }

    @Override
    public void handle(Frame frame) throws MalformedFrameException {
        adoptOpened();
        switch (frame) {
            case Frame.Submit(int token, Command command) -> serve(own(config.shardOf(command)), token, command);
            case Frame.Credit(Credit credit) -> deliver(own(credit.destination()), shard -> shard.credit(credit));
            case Frame.Credited(Credited credited) ->
                deliver(own(credited.source()), shard -> shard.credited(credited));
            case Frame.Resend(int recovered) -> resendTo(recovered);
            case Frame.Beat beat -> out.send(beat);
            case Frame.Answer _,
                    Frame.Start _,
                    Frame.Ready _,
                    Frame.Served _,
                    Frame.Suspended _,
                    Frame.Progress _,
                    Frame.Failed _,
                    Frame.Rehearse _ ->
                throw new MalformedFrameException("a worker at work is sent no "
                        + frame.getClass().getSimpleName() + ", allowed are Submit, Credit, Credited, Resend and Beat");
        }
        deliverLocal();
    }

    /** Whoever announces a shard has put it into the queue before, so what comes for it finds it. */
    private void adoptOpened() {
        for (Shard shard = opener.poll(); shard != null; shard = opener.poll()) {
            int index = shard.index();
            shards[index / config.workers()] = shard;
            deliver(index, Shard::resendAll);
        }
    }

    private void serve(int index, int token, Command command) {
        Reply reply = outcome -> out.send(new Frame.Answer(token, command.id(), outcome));
        Shard shard = shards[index / config.workers()];
        if (shard == null) {
            reply.answer(Admission.unavailable("shard " + index + " is not open"));
            return;
        }
        try {
            shard.handle(command, reply);
        } catch (RuntimeException | StackOverflowError e) {
            reply.answer(new Indeterminate("failed while serving: " + e));
            recover(shard, e, opener.restarts(index).failed(System.nanoTime()));
        }
    }

    private void deliver(int index, Consumer<Shard> message) {
        Shard shard = shards[index / config.workers()];
        if (shard != null) {
            try {
                message.accept(shard);
            } catch (RuntimeException | StackOverflowError e) {
                recover(shard, e, opener.restarts(index).messageFailed(System.nanoTime()));
            }
        }
    }

    /** Replaces a shard that threw, now or later. */
    private void recover(Shard broken, Throwable cause, Decision decision) {
        int index = broken.index();
        RecoveryLog.shard(Step.DETECTED, index, "it failed: " + cause);
        shards[index / config.workers()] = null;
        broken.close();
        RecoveryLog.shard(Step.FENCED, index, "its journal is closed");
        opener.recover(index, cause, decision);
        adoptOpened();
    }

    private void resendTo(int recovered) {
        for (int index = worker; index < config.shards(); index += config.workers()) {
            deliver(index, shard -> shard.resend(recovered));
        }
    }

    @Override
    public void credit(Credit credit) {
        if (singleThreaded && isOwn(credit.destination())) {
            local.add(() -> deliver(credit.destination(), shard -> shard.credit(credit)));
        } else {
            out.send(new Frame.Credit(credit));
        }
    }

    @Override
    public void credited(Credited credited) {
        if (singleThreaded && isOwn(credited.source())) {
            local.add(() -> deliver(credited.source(), shard -> shard.credited(credited)));
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

    private int own(int shard) throws MalformedFrameException {
        if (!isOwn(shard)) {
            throw new MalformedFrameException("shard " + shard + ", allowed are those of worker " + worker + " of "
                    + config.workers() + ", below " + config.shards());
        }
        return shard;
    }

    /** Gives the journals up; what waits for being durable is still made so, and said. */
    @Override
    public void close() {
        opener.close();
        for (Shard shard : shards) {
            if (shard != null) {
                shard.close();
            }
        }
        store.close();
    }
}
