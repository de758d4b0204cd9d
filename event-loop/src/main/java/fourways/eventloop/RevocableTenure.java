package fourways.eventloop;

import fourways.workload.Pulse;
import fourways.workload.Request;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A claim that can be revoked while the loop is stuck, and at no other time.
 *
 * <p><b>The epoch</b> counts the things that the loop has come to the end of. At each end the loop moves it on by compare-and-set, and the supervisor revokes by compare-and-set of
 * the very count that it found while the loop was stuck. One of the two wins:
 *
 * <pre>
 *   loop        begin n │ … uses a shard … │ end of its beat │ n → n + 1
 *   supervisor           reads n, sees the beat go on,         n → REVOKED
 * </pre>
 *
 * If the loop wins it has not been stuck after all. If the supervisor wins, the loop was still within that one beat, or just past its end; it had done with every shard but the one of
 * the beat, and touches none of them from then on, for its own compare-and-set fails. So the others can go to another thread as they are: what the loop wrote into
 * them happened before its last successful compare-and-set, and that before the revocation.
 *
 * <p><b>Order.</b> The beat ends before the epoch moves. The other way round the supervisor might find the next epoch with the last beat, and revoke from a loop
 * that is about to begin with something else.
 *
 * <p>The epoch lies in the middle of an array, away from what other loops write. So a request pays for four stores and one compare-and-set, all of them to lines that nobody
 * else writes.
 */
final class RevocableTenure implements Tenure {

    private static final int PADDING = 16;
    private static final int EPOCH = PADDING;
    private static final long REVOKED = -1;

    private final Pulse pulse;
    private final AtomicLongArray cells = new AtomicLongArray(2 * PADDING + 1);

    /** Touched by the loop only. */
    private boolean over;

    RevocableTenure(Pulse pulse) {
        this.pulse = pulse;
    }

    Pulse pulse() {
        return pulse;
    }

    /** Nor may it serve one that has been started: by this loop, which was handed it twice, or by the one before. */
    @Override
    public boolean begin(Request request) {
        if (over || request.isStarted()) {
            return false;
        }
        pulse.begin(request);
        return true;
    }

    @Override
    public boolean begin(int shard) {
        if (over) {
            return false;
        }
        pulse.begin(shard);
        return true;
    }

    @Override
    public void end() {
        pulse.end();
        long epoch = cells.getPlain(EPOCH);
        over = epoch == REVOKED || !cells.compareAndSet(EPOCH, epoch, epoch + 1);
    }

    boolean isShownBy(Pulse other) {
        return pulse == other;
    }

    /** Ends the claim of a loop that is stuck; false if it is not, or not any more, with this very thing. For the supervisor. */
    boolean revoke(Pulse.Beat beat) {
        long epoch = cells.getAcquire(EPOCH);
        return epoch != REVOKED && pulse.isAt(beat) && cells.compareAndSet(EPOCH, epoch, REVOKED);
    }
}
