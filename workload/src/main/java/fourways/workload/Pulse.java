package fourways.workload;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What one owner of shards (a thread of a pool, an actor, a loop) shows to a {@link Watchdog}: whether it is busy, and with what. The owner marks where it begins to
 * deal with something and where it ends; that it takes too long is for others to find out, so the owner reads no clock.
 *
 * <p><b>Calling thread.</b> One owner writes, one thing at a time; where an owner is run by different threads, each must see what the one before did. Anybody may
 * read.
 *
 * <p><b>Publication.</b> A sequence lock with one writer (Boehm, "Can seqlocks get along with programming language memory models?", 2012): the number is odd while
 * busy; what the owner is busy with is written before the odd number and not again before the next even one, which a reader makes sure of by reading the number
 * twice. Three ordered stores and no more: nothing is allocated, and nobody else writes to these cache lines, since the cells lie in the middle of an array.
 */
public final class Pulse {

    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    /** Two cache lines on each side: processors fetch them in pairs. */
    private static final int PADDING = 16;

    private static final int NUMBER = PADDING;
    private static final int PLACE = PADDING + 1;
    private static final int ID = PADDING + 2;

    private final String owner;
    private final long[] cells = new long[ID + 1 + PADDING];

    /** The name is for people. */
    public Pulse(String owner) {
        this.owner = owner;
    }

    public String owner() {
        return owner;
    }

    /**
     * One thing an owner deals with.
     *
     * @param number tells it from everything else that this owner deals with
     * @param slot of the request; {@link Request#NO_SLOT} where it is something else, such as a message between shards
     * @param id of the request's command
     */
    public record Beat(long number, int shard, int slot, long id) {

        /** The request, if it is one and has not been answered yet. */
        public @Nullable Request request(Admission admission) {
            return admission.find(shard, slot, id);
        }
    }

    /** The owner begins to serve a request. */
    public void begin(Request request) {
        begin(request.shard(), request.slot(), request.command().id());
    }

    /** The owner begins something else on a shard. */
    public void begin(int shard) {
        begin(shard, Request.NO_SLOT, 0);
    }

    private void begin(int shard, int slot, long id) {
        // From whatever it was to the next odd number: an end that was forgotten, or skipped by a throw, does no harm.
        long next = (number() + 1) | 1;
        // Keeps what follows behind the even number that was written last.
        VarHandle.storeStoreFence();
        CELL.setOpaque(cells, PLACE, (long) shard << Integer.SIZE | Integer.toUnsignedLong(slot));
        CELL.setOpaque(cells, ID, id);
        CELL.setRelease(cells, NUMBER, next);
    }

    /**
     * The owner has come a step further with it, such as by getting a lock that it waited for: its time begins anew, like that of a new thing. Does nothing if it has begun nothing.
     */
    public void advance() {
        long number = number();
        if (isBusy(number)) {
            // Whoever reads at this moment finds the same content with either number.
            CELL.setRelease(cells, NUMBER, number + 2);
        }
    }

    /** The owner has come to the end of it. Does nothing if it had begun nothing. */
    public void end() {
        CELL.setRelease(cells, NUMBER, (number() + 1) & ~1L);
    }

    /** What the owner is busy with; null if with nothing, or if that changes at this moment. */
    public @Nullable Beat beat() {
        long number = number();
        if (!isBusy(number)) {
            return null;
        }
        long place = (long) CELL.getOpaque(cells, PLACE);
        long id = (long) CELL.getOpaque(cells, ID);
        VarHandle.loadLoadFence();
        return number == number() ? new Beat(number, (int) (place >> Integer.SIZE), (int) place, id) : null;
    }

    /** Whether the owner is still busy with that very thing. */
    public boolean isAt(Beat beat) {
        return number() == beat.number();
    }

    long number() {
        return (long) CELL.getAcquire(cells, NUMBER);
    }

    static boolean isBusy(long number) {
        return (number & 1) == 1;
    }

    @Override
    public String toString() {
        return owner;
    }
}
