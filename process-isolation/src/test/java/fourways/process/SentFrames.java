package fourways.process;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** In the place of a connection, for tests: keeps what is sent, from any thread. */
final class SentFrames implements FrameSink {

    private final List<Frame> frames = Collections.synchronizedList(new ArrayList<>());

    /** All of them in their order, also those that are still to come; whoever has seen them may remove them. */
    List<Frame> frames() {
        return frames;
    }

    @Override
    public void send(Frame frame) {
        frames.add(frame);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
