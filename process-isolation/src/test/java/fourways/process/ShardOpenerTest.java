package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.LedgerConfig;
import fourways.workload.LedgerStore;
import fourways.workload.RestartBackoff;
import fourways.workload.Restarts.Decision;
import fourways.workload.Shard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When shards that failed are opened again. There are two, and one thread that opens them, so what is to be done first is done first. */
class ShardOpenerTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration NEVER = Duration.ofDays(1);
    private final IllegalStateException cause = new IllegalStateException("on purpose");

    /** One restart at once, and none for long. */
    private static final RestartBackoff.Settings ONE =
            new RestartBackoff.Settings(1, Duration.ofMillis(1), Duration.ofMillis(1), NEVER, NEVER);

    @TempDir
    Path temporary;

    private final SentFrames announcements = new SentFrames();
    private final List<Frame> sent = announcements.frames();
    private LedgerStore store;
    private ShardOpener opener;

    @BeforeEach
    void openBoth() {
        LedgerConfig config = LedgerConfig.in(temporary.resolve("ledger")).withAccounts(8, 2);
        ShardPolicies policies = ShardPolicies.hardened(ONE);
        store = LedgerStore.open(config);
        opener = new ShardOpener(
                store,
                List.of(0, 1),
                new DeafPeers(),
                new ShardPolicies(1, policies.tellsProgress(), policies.restarts()),
                announcements);
        opener.openAll();
        Awaitility.await().atMost(SOON).until(() -> sent.contains(new Frame.Ready()));
        closeNext();
        closeNext();
        sent.clear();
    }

    @AfterEach
    void close() {
        opener.close();
        store.close();
    }

    /** Its owner has it, and closes it because it failed. */
    private void closeNext() {
        Shard shard = opener.poll();
        assertNotNull(shard);
        shard.close();
    }

    @Test
    void whatIsToBeOpenedAtOnceIsOpenOnReturn() {
        opener.recover(0, cause, new Decision.Restart(Duration.ZERO));

        assertEquals(List.of(new Frame.Served(0)), sent);
        closeNext();
    }

    @Test
    void aShardIsNotOpenedBeforeItsDelayIsOverAndKeepsNobodyWaiting() {
        opener.recover(0, cause, new Decision.Restart(NEVER));
        opener.recover(1, cause, new Decision.Restart(Duration.ofMillis(1)));

        // Were the first to be opened as well, it would have been by now: by the same thread.
        Awaitility.await().atMost(SOON).until(() -> sent.contains(new Frame.Served(1)));
        closeNext();
        assertNull(opener.poll());
        Frame.Suspended first = assertInstanceOf(Frame.Suspended.class, sent.getFirst());
        assertEquals(new Frame.Suspended(0, "it failed: " + cause, NEVER.toMillis(), false), first);
    }

    @Test
    void aShardThatIsGivenUpIsNotOpenedBeforeThePauseIsOver() {
        opener.recover(0, cause, new Decision.GiveUp(NEVER));
        opener.recover(1, cause, new Decision.Restart(Duration.ofMillis(1)));

        Awaitility.await().atMost(SOON).until(() -> sent.contains(new Frame.Served(1)));
        closeNext();
        assertNull(opener.poll());
        Frame.Suspended first = assertInstanceOf(Frame.Suspended.class, sent.getFirst());
        assertEquals(0, first.shard());
        assertTrue(first.givenUp());
    }

    @Test
    void theFailuresOfAShardAreNotCountedAgainstItsNeighbor() {
        long nowNanos = System.nanoTime();

        assertEquals(new Decision.Restart(Duration.ZERO), opener.restarts(0).failed(nowNanos));
        assertInstanceOf(Decision.GiveUp.class, opener.restarts(0).failed(nowNanos));

        assertEquals(new Decision.Restart(Duration.ZERO), opener.restarts(1).failed(nowNanos));
    }
}
