package fourways.report;

/** A trial could not be run to its end. The message is a sentence for the report. */
final class TrialFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TrialFailedException(String message) {
        super(message);
    }

    TrialFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
