package fourways.report;

/** Somebody asked for what cannot be done. The message is one sentence that says what is allowed. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
