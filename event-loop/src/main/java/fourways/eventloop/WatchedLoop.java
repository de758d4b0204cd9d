package fourways.eventloop;

import fourways.workload.Pulse;
import fourways.workload.Watchdog;
import java.util.List;
import java.util.Objects;

/** A loop under observation. It has a Vert.x instance to itself: one that is stuck keeps no other from being closed, or from being replaced. */
record WatchedLoop(Loops<LedgerVerticle> loops, LedgerVerticle verticle, RevocableTenure tenure) {

    /** Starts the loop of one worker, with its share of the shards. */
    static WatchedLoop start(int worker, LedgerParts parts, Watchdog watchdog) {
        RevocableTenure tenure = tenure(worker, 0);
        return start(new LedgerVerticle(worker, parts.config().workers(), tenure, parts), tenure, watchdog);
    }

    /** Starts one that is to have the shards of this one. It has none as yet. */
    WatchedLoop startSuccessor(int worker, int generation, Watchdog watchdog) {
        RevocableTenure next = tenure(worker, generation);
        return start(new LedgerVerticle(verticle, next), next, watchdog);
    }

    private static RevocableTenure tenure(int worker, int generation) {
        return new RevocableTenure(new Pulse("vert.x-eventloop-thread-" + worker + "." + generation));
    }

    private static WatchedLoop start(LedgerVerticle verticle, RevocableTenure tenure, Watchdog watchdog) {
        WatchedLoop loop = new WatchedLoop(Loops.start(List.of(verticle)), verticle, tenure);
        // Vert.x numbers the threads of each instance from 0: in a thread dump they would all have one name.
        loop.thread().setName(tenure.pulse().owner());
        watchdog.add(tenure.pulse());
        return loop;
    }

    Thread thread() {
        return Objects.requireNonNull(verticle.loop());
    }

    String name() {
        return tenure.pulse().owner();
    }

    /** The stack of its thread at this moment, for the log. */
    Exception whereabouts() {
        Exception place = new Exception("where " + name() + " is");
        place.setStackTrace(thread().getStackTrace());
        return place;
    }
}
