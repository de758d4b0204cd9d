package fourways.workload;

import org.jspecify.annotations.Nullable;

/** The journal has no room for an entry and none could be made. Nothing was written; the shard is as it was before. */
public final class JournalFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JournalFullException(String message, @Nullable Throwable cause) {
        // Without a stack trace: while the disk is full, every request makes one of these.
        super(message, cause, false, false);
    }
}
