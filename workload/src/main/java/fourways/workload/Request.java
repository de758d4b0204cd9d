package fourways.workload;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * A command in flight: the future its client waits for, the message its shard's owner is sent, and the slot it holds in the {@link Admission}, all in
 * one object, so that the road of a request allocates no more than it must.
 */
public final class Request extends CompletableFuture<Outcome> implements Reply {

    /** The slot of a request that was refused at the gate and so never held one. */
    static final int NO_SLOT = -1;

    private static final AtomicIntegerFieldUpdater<Request> SENT =
            AtomicIntegerFieldUpdater.newUpdater(Request.class, "sent");

    private final Admission admission;
    private final Command command;
    private final int shard;
    private final long id;

    /** Written before the request is published through its slot, never after. */
    private int slot = NO_SLOT;

    /** 1 if so. */
    private volatile int sent;

    /** Written by the owner of the shard, also where that changes: the next one sees what the one before did. */
    private boolean started;

    Request(Admission admission, Command command, int shard) {
        this.admission = admission;
        this.command = command;
        this.shard = shard;
        this.id = command.id();
    }

    /** The command's. Kept here, so that finding a request by its name does not touch its command. */
    long id() {
        return id;
    }

    public Command command() {
        return command;
    }

    /** The shard whose owner serves this request; for a transfer, the one that is debited. */
    public int shard() {
        return shard;
    }

    /** Which of its shard's {@code capacity} slots the request holds until it is answered: with the shard and the id, its name on a wire. */
    public int slot() {
        return slot;
    }

    void claim(int slot) {
        this.slot = slot;
    }

    /** The gate has let it in for good, and it is about to be sent to its owner. */
    public void send() {
        // Nobody has to see it at once.
        SENT.lazySet(this, 1);
    }

    /**
     * Whether the gate is done with it. Who finds it among those in flight must not have it carried out before: the gate may still refuse it. Others than the sender may see it
     * late.
     */
    public boolean isSent() {
        return sent == 1;
    }

    /** The owner of the shard is about to carry the command out. */
    public void start() {
        started = true;
    }

    /**
     * Whether an owner has begun to carry the command out. One that has not been begun may be handed to the next owner, who else could not tell it from one that waits for its
     * transfer to arrive. Others than the owner may see it late.
     */
    public boolean isStarted() {
        return started;
    }

    /** Gives the slot back, then completes the future on this thread. Of several answers only the first counts, whoever gives it. */
    @Override
    public void answer(Outcome outcome) {
        if (admission.release(this)) {
            complete(outcome);
        }
    }
}
