package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final SentFrames out = new SentFrames();
    private final List<Frame> sent = out.frames();
    private final Progress progress = new Progress(out, Duration.ofSeconds(1));

    @Test
    void isToldOnceHoweverMuchWasDone() {
        progress.made();
        progress.made();

        long told = progress.tell(0);

        assertEquals(List.of(new Frame.Progress()), sent);
        progress.tell(told);
        assertEquals(1, sent.size(), "nothing was done since");
        progress.made();
        progress.tell(told);
        assertEquals(2, sent.size());
    }
}
