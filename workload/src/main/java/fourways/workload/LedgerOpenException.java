package fourways.workload;

/** A ledger could not be opened. The message names the value or file at fault and what is allowed; nothing half-open stays behind. */
public final class LedgerOpenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LedgerOpenException(String message) {
        super(message);
    }

    public LedgerOpenException(String message, Throwable cause) {
        super(message, cause);
    }
}
