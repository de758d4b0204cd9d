package fourways.process;

/** Where frames go to be written to a socket. */
interface FrameSink {

    /** Takes a frame. It is written later, together with others. A sink that cannot write any more drops it: whoever reads the other end has been told. */
    void send(Frame frame);

    /** Sees to it that everything taken so far is written, now or very soon. */
    void flush();
}
