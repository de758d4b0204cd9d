package fourways.workload;

import fourways.workload.Command.Transfer;
import fourways.workload.Outcome.Indeterminate;
import fourways.workload.Outcome.Reason;
import fourways.workload.Outcome.Refused;
import fourways.workload.Peers.Credit;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The gate of a ledger and, at the same time, its table of requests in flight. All four architectures have the same one.
 *
 * <p>Each shard has {@code capacity} slots. To be admitted a request takes an empty one by compare-and-set; the answer takes it out again in the same
 * way. So there is nothing to count, whatever is in flight can be found (when an owner dies, when the ledger closes), and of several answers
 * to one request exactly one wins the slot and counts. The search starts at the id, which spreads clients that number their commands over the slots; first over
 * a few that stay in the processor's cache, since few are in flight as a rule, then over all.
 *
 * <p>Thread-safe and lock-free. A full shard costs its caller one look at every slot, nobody else anything.
 */
public final class Admission {

    private static final int WARM_SLOTS = 64;
    private static final int WARM_TRIES = 8;

    private final LedgerConfig config;
    private final AtomicReferenceArray<@Nullable Request> slots;

    /** By shard: why it is not served at present; null where it is. */
    private final AtomicReferenceArray<@Nullable Refused> suspended;

    private final Quarantine quarantine = new Quarantine();

    private volatile boolean closed;

    public Admission(LedgerConfig config) {
        this.config = config;
        this.slots = new AtomicReferenceArray<>(config.shards() * config.capacity());
        this.suspended = new AtomicReferenceArray<>(config.shards());
    }

    /** Validates and routes a command and takes a slot for it. The request is already answered if the command is refused. */
    public Request admit(Command command) {
        Request request = new Request(this, command, config.shardOf(command));
        Refused refused = Validation.refusalOf(command, config);
        if (refused == null) {
            refused = quarantine.refusalOf(command);
        }
        if (refused == null) {
            refused = suspension(command, request.shard());
        }
        if (refused != null) {
            request.complete(refused);
        } else if (!takeSlot(request)) {
            request.complete(overloaded(request.shard()));
        } else if (closed) {
            // Looked at after the slot was taken: either close() finds the request there, or this sees that it began.
            request.answer(unavailable("the ledger is closed"));
        } else {
            // Again, for the same reason: whoever suspends a shard and then answers what it has in flight forgets
            // nobody.
            Refused meanwhile = suspended.get(request.shard());
            if (meanwhile != null) {
                request.answer(meanwhile);
            }
        }
        return request;
    }

    /** A transfer needs both its shards: it is refused here so that it is not debited towards a shard that nobody serves. */
    private @Nullable Refused suspension(Command command, int shard) {
        Refused own = suspended.getAcquire(shard);
        return own == null && command instanceof Transfer transfer
                ? suspended.getAcquire(config.shardOf(transfer.to()))
                : own;
    }

    /**
     * Refuses newcomers to a shard {@code UNAVAILABLE} with this reason until it is {@link #resume resumed}; what is in flight stays its owner's. Whoever was let in
     * before is seen by {@link #inFlight} afterwards.
     */
    public void suspend(int shard, String reason) {
        suspended.set(shard, unavailable("shard " + shard + ": " + reason));
        // Not to look at the slots before the others can see this.
        VarHandle.fullFence();
    }

    /** Lets newcomers in again. */
    public void resume(int shard) {
        suspended.setRelease(shard, null);
    }

    /**
     * Counts a strike against a request that was being served, or in flight, when the owner of its shard failed or was lost. A command with three of them is
     * refused {@code QUARANTINED} from then on. Returns how many it has now.
     */
    public int blame(Request request) {
        return quarantine.blame(request.command());
    }

    private boolean takeSlot(Request request) {
        int capacity = config.capacity();
        return takeSlot(request, Math.min(capacity, WARM_SLOTS), Math.min(capacity, WARM_TRIES))
                || takeSlot(request, capacity, capacity);
    }

    /** Tries so many slots among the first of the shard's. */
    private boolean takeSlot(Request request, int among, int tries) {
        int base = request.shard() * config.capacity();
        int slot = Math.floorMod((int) request.id(), among);
        for (int tried = 0; tried < tries; tried++) {
            if (slots.getAcquire(base + slot) == null) {
                request.claim(slot);
                if (slots.compareAndSet(base + slot, null, request)) {
                    return true;
                }
            }
            slot = slot + 1 == among ? 0 : slot + 1;
        }
        return false;
    }

    boolean release(Request request) {
        return request.slot() != Request.NO_SLOT
                && slots.compareAndSet(request.shard() * config.capacity() + request.slot(), request, null);
    }

    /** The request of this name, or null if it has been answered. The values may come from a wire: none is trusted. */
    public @Nullable Request find(int shard, int slot, long id) {
        if (shard < 0 || shard >= config.shards() || slot < 0 || slot >= config.capacity()) {
            return null;
        }
        Request request = slots.getAcquire(shard * config.capacity() + slot);
        return request != null && request.id() == id ? request : null;
    }

    /** Shows every request that a shard has in flight at about this moment. */
    public void inFlight(int shard, Consumer<Request> visitor) {
        int base = shard * config.capacity();
        for (int slot = 0; slot < config.capacity(); slot++) {
            Request request = slots.getAcquire(base + slot);
            if (request != null) {
                visitor.accept(request);
            }
        }
    }

    /** Answers everything that a shard has in flight. */
    public void answerAll(int shard, Outcome outcome) {
        inFlight(shard, request -> request.answer(outcome));
    }

    /**
     * Answers who waits for this money to arrive, because nobody serves its destination. It has been debited, stays in the outbox of its source, and arrives when there is somebody again; nobody can
     * say when that is.
     */
    public void strand(Credit credit, String reason) {
        inFlight(credit.source(), request -> {
            if (request.id() == credit.id()) {
                request.answer(new Indeterminate("debited, not credited: " + reason));
            }
        });
    }

    /** Refuses all newcomers from now on and waits for what is in flight, but no longer than the patience. */
    public void close(Duration patience) {
        closed = true;
        List<CompletableFuture<Outcome>> outstanding = new ArrayList<>();
        for (int shard = 0; shard < config.shards(); shard++) {
            inFlight(shard, outstanding::add);
        }
        try {
            CompletableFuture.allOf(outstanding.toArray(CompletableFuture[]::new))
                    .get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // Too slow, or its client completed the future itself: abandon() answers what is still there.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers whatever is left; for the end of {@link Ledger#close}, when nobody serves any more. */
    public void abandon() {
        for (int shard = 0; shard < config.shards(); shard++) {
            answerAll(shard, new Indeterminate("the ledger closed before this was answered"));
        }
    }

    public static Refused unavailable(String detail) {
        return new Refused(Reason.UNAVAILABLE, detail);
    }

    private Refused overloaded(int shard) {
        return new Refused(
                Reason.OVERLOADED,
                "shard " + shard + " has " + config.capacity() + " requests in flight, its capacity");
    }
}
