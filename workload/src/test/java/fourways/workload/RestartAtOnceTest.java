package fourways.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fourways.workload.Restarts.Decision;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartAtOnceTest {

    private static final Decision AT_ONCE = new Decision.Restart(Duration.ZERO);
    private static final Decision NEVER = new Decision.GiveUp(Restarts.FOR_GOOD);

    /** Just before it overflows, as System.nanoTime() may. */
    private long nowNanos = Long.MAX_VALUE - 1;

    private final Restarts restarts = Restarts.atOnce();

    @Test
    void whateverFailsAtRequestsIsStartedAgainHoweverOften() {
        for (int failure = 0; failure < 1_000; failure++) {
            assertEquals(AT_ONCE, restarts.failed(nowNanos));
        }
    }

    @Test
    void whatCannotBeStartedIsGivenUp() {
        assertEquals(NEVER, restarts.startFailed(nowNanos));
    }

    @Test
    void messagesThatFailAgainAndAgainHaveAnEnd() {
        failAtMessages();

        assertEquals(NEVER, restarts.messageFailed(++nowNanos));
    }

    @Test
    void aCalmTimeBeginsANewRowOfMessages() {
        failAtMessages();
        nowNanos += RestartAtOnce.CALM_NANOS;

        failAtMessages();

        assertEquals(NEVER, restarts.messageFailed(++nowNanos));
    }

    private void failAtMessages() {
        for (int failure = 0; failure < RestartAtOnce.MAX_RELAPSES; failure++) {
            assertEquals(AT_ONCE, restarts.messageFailed(++nowNanos));
        }
    }
}
