package fourways.report;

/** A fault makes no sense for the ledger that runs, or has no place to strike. The message is a sentence for the report that says why. */
final class NotApplicableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotApplicableException(String message) {
        super(message);
    }
}
