package fourways.eventloop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fourways.workload.Pulse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class RevocableTenureTest {

    private final Pulse pulse = new Pulse("loop");
    private final RevocableTenure tenure = new RevocableTenure(pulse);

    private Pulse.Beat beat() {
        Pulse.Beat beat = pulse.beat();
        assertNotNull(beat);
        return beat;
    }

    @Test
    void itEndsWithTheThingThatTheLoopIsStuckIn() {
        assertTrue(tenure.begin(3));

        assertTrue(tenure.revoke(beat()));
        tenure.end();

        assertFalse(tenure.begin(3));
        assertFalse(tenure.begin(4), "any other shard neither");
        assertNull(pulse.beat(), "and it shows itself busy no more");
    }

    @Test
    void itIsNotRevokedFromALoopThatHasGoneOn() {
        assertTrue(tenure.begin(3));
        Pulse.Beat over = beat();
        tenure.end();
        assertFalse(tenure.revoke(over), "doing nothing");
        assertTrue(tenure.begin(4));

        assertFalse(tenure.revoke(over), "doing something else");

        tenure.end();
        assertTrue(tenure.begin(5));
    }

    @Test
    void itIsRevokedOnce() {
        assertTrue(tenure.begin(3));
        Pulse.Beat beat = beat();

        assertTrue(tenure.revoke(beat));

        assertFalse(tenure.revoke(beat));
    }

    /** Whenever the loop is caught in the act, which may end at this very moment, all but the one shard are at rest and stay so. */
    @Test
    void whatIsTakenFromALoopInFullSwingIsNotTouchedAgain() throws InterruptedException {
        for (int round = 0; round < 500; round++) {
            Pulse busy = new Pulse("loop");
            RevocableTenure contested = new RevocableTenure(busy);
            // Neither volatile nor atomic, like shards.
            long[] shards = new long[8];
            Thread loop = Thread.ofPlatform().daemon().start(() -> {
                for (int turn = 0; contested.begin(turn % shards.length); turn++) {
                    shards[turn % shards.length]++;
                    contested.end();
                }
            });

            Pulse.Beat revoked = null;
            while (revoked == null) {
                Pulse.Beat seen = busy.beat();
                revoked = seen != null && contested.revoke(seen) ? seen : null;
                // Where there is but one core to be had, the loop needs it.
                LockSupport.parkNanos(1);
            }
            long[] taken = shards.clone();
            assertTrue(loop.join(Duration.ofSeconds(20)));

            taken[revoked.shard()] = shards[revoked.shard()];
            assertArrayEquals(shards, taken);
        }
    }
}
