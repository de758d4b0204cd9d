package fourways.eventloop;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Keeps what threads of earlier tests throw away from the tests that come after them; it is found for every test class of this module.
 *
 * <p>Awaitility by default fails for whatever any thread throws while it waits. A worker thread of Vert.x that was stuck when its ledger was closed comes back at any later time, and may end with an
 * exception that nobody can catch (see {@link Loops#close}). What that does to the ledger it came from, {@link WorkerEventLoopLedgerTest} looks at itself.
 */
public final class LateThreads implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }
}
