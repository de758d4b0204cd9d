package fourways.report;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One fault that is inflicted on a running trial, and the search for proof that it took place. The methods are called in this order, by the trial's thread; {@link #end} always,
 * whatever happened before.
 */
interface Injection {

    /** The shards whose owners suffer; known once it has been aimed. */
    List<Integer> victims();

    /**
     * Finds out, while all is well, who is to suffer.
     *
     * @throws NotApplicableException if the fault makes no sense here
     * @throws TrialFailedException if that cannot be found out
     */
    void aim() throws InterruptedException, IOException;

    void inflict() throws InterruptedException, IOException;

    /** Looks for proof, for a few seconds at most; null if there is none. Seen from outside where that is possible, else what the fault itself said in the trial's log. */
    @Nullable
    String proof() throws InterruptedException, IOException;

    /** Called while nobody runs the ledger, before its JVM is started again; by the thread that does that, at any time after {@link #inflict} has begun. */
    default void beforeRestart() throws IOException {}

    /** Looks for what only time shows, when clients have been observed and the ledger still runs, unless it is down; null if there is nothing to add to the proof. */
    default @Nullable String afterObservation() throws InterruptedException, IOException {
        return null;
    }

    /** The same when the ledger has been stopped and checked. */
    default @Nullable String afterCheck() throws InterruptedException, IOException {
        return null;
    }

    /** Gives everything back: nothing is sent any more, nobody is kept stopped. */
    default void end() {}
}
