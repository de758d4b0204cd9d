package fourways.workload;

/** The journal has no room for an entry and none could be made. Nothing was written; the shard is as it was before. */
public final class JournalFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JournalFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
