package fourways.process;

import fourways.workload.Command;
import fourways.workload.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds what an answer from a socket belongs to: a table of slots, each holding one command in flight. The number of its slot is the token that the command carries
 * along. Works like {@link fourways.workload.Admission}, but knows nothing of shards: for those who have a connection and no ledger. Thread-safe and lock-free.
 */
final class Correlation {

    private final AtomicReferenceArray<@Nullable Pending> slots;

    /** A command in flight: the future that its client waits for. */
    static final class Pending extends CompletableFuture<Outcome> {
        private final Command command;

        /** Written before it is published through the slot, never after. */
        private int token = -1;

        private Pending(Command command) {
            this.command = command;
        }

        Command command() {
            return command;
        }

        int token() {
            return token;
        }
    }

    Correlation(int capacity) {
        this.slots = new AtomicReferenceArray<>(capacity);
    }

    int capacity() {
        return slots.length();
    }

    /** Takes a slot for a command; null if none is free. The search starts at the id, which spreads commands that are numbered. */
    @Nullable
    Pending open(Command command) {
        Pending pending = new Pending(command);
        int capacity = slots.length();
        int token = Math.floorMod(command.id(), capacity);
        for (int tried = 0; tried < capacity; tried++) {
            if (slots.getAcquire(token) == null) {
                pending.token = token;
                if (slots.compareAndSet(token, null, pending)) {
                    return pending;
                }
            }
            token = token + 1 == capacity ? 0 : token + 1;
        }
        return null;
    }

    /** Answers the command of this name, unless it has been answered. The values come from a wire: none is trusted. */
    void answer(int token, long id, Outcome outcome) {
        Pending pending = token < 0 || token >= slots.length() ? null : slots.getAcquire(token);
        if (pending != null && pending.command.id() == id) {
            answer(pending, outcome);
        }
    }

    /** Gives the slot back, then completes the future on this thread. Of several answers only the first counts. */
    void answer(Pending pending, Outcome outcome) {
        if (slots.compareAndSet(pending.token, pending, null)) {
            pending.complete(outcome);
        }
    }

    /** Waits until nothing of what is in flight now is so any more, but no longer than the patience. */
    void awaitAnswers(Duration patience) {
        List<CompletableFuture<Outcome>> outstanding = new ArrayList<>();
        for (int token = 0; token < slots.length(); token++) {
            Pending pending = slots.get(token);
            if (pending != null) {
                outstanding.add(pending);
            }
        }
        try {
            CompletableFuture.allOf(outstanding.toArray(CompletableFuture[]::new))
                    .get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // Too slow, or its client completed the future itself: answerAll() finds what is still there.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers all commands of a kind that are in flight at about this moment. */
    void answerAll(Predicate<Command> which, Outcome outcome) {
        for (int token = 0; token < slots.length(); token++) {
            Pending pending = slots.get(token);
            if (pending != null && which.test(pending.command)) {
                answer(pending, outcome);
            }
        }
    }
}
