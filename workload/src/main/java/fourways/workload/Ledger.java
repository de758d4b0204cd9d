package fourways.workload;

import java.util.concurrent.CompletableFuture;

/** A running bank ledger. */
public interface Ledger extends AutoCloseable {

    /**
     * Hands a command in. Never blocks and never throws; any thread may call it. The future is completed exactly once, always normally, on whichever
     * thread has the answer (the caller's own for a refusal at the gate), so a callback must be short and must not block. Two commands of which
     * the second is submitted after the first was answered take effect in that order; no order is promised otherwise. Callers must not
     * complete the future themselves; if they do, the ledger is unharmed and carries the command out all the same.
     */
    CompletableFuture<Outcome> submit(Command command);

    /**
     * Refuses whatever comes from now on with {@code UNAVAILABLE}, lets what is in flight finish within a bound, answers the rest {@code
     * Indeterminate}, and gives back every thread, process, socket and file. May be called more than once, from any thread but those
     * that complete futures. Afterwards the directory can be opened again.
     */
    @Override
    void close();
}
