package fourways.process;

import java.io.IOException;

/** Where frames go to be written to a socket. */
interface FrameSink extends AutoCloseable {

    /** Takes a frame, to be written later together with others. Never blocks. A sink whose connection has ended drops it: the reader of that connection is told. */
    void send(Frame frame);

    /** Says that the sender has no more at the moment, so that what it sent is written now at the latest. May block. */
    void flush() throws IOException;

    /** Takes no more frames, and waits a bounded time until those taken are written. The socket stays open. */
    @Override
    void close() throws IOException;
}
