package fourways.process;

/** Receives what workers send, on the thread of their seat. */
@FunctionalInterface
interface Router {

    /**
     * Brings a frame to whom it is for.
     *
     * @throws MalformedFrameException if no worker may send this; it is lost then
     */
    void route(WorkerSeat from, Frame frame) throws MalformedFrameException;
}
