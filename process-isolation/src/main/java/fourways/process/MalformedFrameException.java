package fourways.process;

import java.io.IOException;

/** What came in on a connection is not a frame, or not one that this end expects. The message says what it was and what is allowed; the connection is of no more use. */
final class MalformedFrameException extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedFrameException(String message) {
        super(message);
    }
}
