package fourways.actors;

import fourways.workload.Pulse;
import fourways.workload.Restarts;
import fourways.workload.Restarts.Decision;
import fourways.workload.Shard;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time for which one actor owns one shard. It outlives restarts of the actor, and ends when the actor has not come back and another is to take its place.
 *
 * <p><b>The fence.</b> Revoking a tenure closes the journal of the shard, so whatever its actor tries from then on throws, before it has changed or said anything that
 * counts. An actor that was about to open the shard finds out afterwards, and gives it back. So at no time do two actors write the same journal; that the
 * journal itself can be opened only once sees to what is between.
 *
 * <p>Thread-safe: the owner, whoever revokes it, and the successor meet here, at failures only.
 */
final class Tenure {

    private static final Decision AT_ONCE = new Decision.Restart(Duration.ZERO);

    private final int shard;
    private final int number;
    private final Pulse pulse;

    /** Of the shard, whoever owns it. */
    private final Restarts restarts;

    // Guarded by this.
    private @Nullable Shard held;
    private boolean over;
    private boolean failed;
    private Decision decision = AT_ONCE;

    private Tenure(int shard, int number, Restarts restarts) {
        this.shard = shard;
        this.number = number;
        this.pulse = new Pulse("shard-" + shard + "-owner-" + number);
        this.restarts = restarts;
    }

    /** Of a shard's first actor. */
    static Tenure first(int shard, Restarts restarts) {
        return new Tenure(shard, 1, restarts);
    }

    /** Of the actor that takes over. */
    Tenure next() {
        return new Tenure(shard, number + 1, restarts);
    }

    int shard() {
        return shard;
    }

    /** The actor's name too. */
    String name() {
        return pulse.owner();
    }

    /** Shows what the actor is busy with. */
    Pulse pulse() {
        return pulse;
    }

    /** The actor has opened the shard. If that was too late, it is closed again: false. */
    synchronized boolean begin(Shard opened) {
        if (over) {
            opened.close();
            return false;
        }
        held = opened;
        restarts.serves(System.nanoTime());
        return true;
    }

    /** The actor has failed; false if it has no say any more, so that it is nobody's failure. */
    synchronized boolean fail() {
        if (!over) {
            failed = true;
            decision = restarts.failed(System.nanoTime());
        }
        return !over;
    }

    /** The actor could not open the shard; false as above. */
    synchronized boolean failToStart() {
        if (!over) {
            decision = restarts.startFailed(System.nanoTime());
        }
        return !over;
    }

    /** Whether what it has opened, or is about to, is a shard that was lost before. */
    synchronized boolean hasFailed() {
        return failed;
    }

    /** What is to be done about the last failure. */
    synchronized Decision decision() {
        return decision;
    }

    synchronized boolean isOver() {
        return over;
    }

    /** Fences the actor off. May wait for the disk, if the actor is writing to it. */
    void revoke() {
        Shard fenced;
        synchronized (this) {
            over = true;
            fenced = held;
            held = null;
        }
        if (fenced != null) {
            fenced.fence();
        }
    }
}
