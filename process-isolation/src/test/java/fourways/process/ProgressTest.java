package fourways.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final List<Frame> sent = new ArrayList<>();
    private final Progress progress = new Progress(
            new FrameSink() {
                @Override
                public void send(Frame frame) {
                    sent.add(frame);
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            },
            Duration.ofSeconds(1));

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
