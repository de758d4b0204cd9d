package fourways.actors;

import java.util.logging.Level;
import java.util.logging.Logger;

/** The log in which each failure of a shard appears with its stack: hundreds of them, where failures are provoked. */
final class FailureLog {

    /** Held here, or its level would be forgotten. */
    private static final Logger LOGGER = Logger.getLogger("fourways.actors");

    private FailureLog() {}

    static void silence() {
        LOGGER.setLevel(Level.OFF);
    }
}
