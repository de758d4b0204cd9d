package fourways.process;

/** Receives the frames of a connection, one after the other, on the thread that reads it. */
@FunctionalInterface
interface FrameHandler {

    /**
     * Does what the frame says. Must not block, or all frames behind it wait.
     *
     * @throws MalformedFrameException if this end does not expect such a frame; the connection is then closed
     */
    void handle(Frame frame) throws MalformedFrameException;
}
