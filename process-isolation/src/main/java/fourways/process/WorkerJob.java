package fourways.process;

import fourways.workload.LedgerConfig;
import fourways.workload.Outcome.Accepted;
import java.nio.channels.SocketChannel;

/** What a worker does with the frames it is sent. Called by the worker's one thread. */
sealed interface WorkerJob extends FrameHandler, AutoCloseable permits LedgerJob, WorkerJob.Echo {

    /** What a worker says of its own accord, and in answer, goes here. Forced journals speak from a thread of their own. */
    static FrameSink sink(SocketChannel channel, LedgerConfig config) {
        int limitBytes = Limits.unreadBytes(config);
        return switch (config.journal()) {
            case MEMORY, PROCESS -> new DirectWriter(channel, limitBytes);
            case DISK -> new BatchingWriter(channel, "supervisor", limitBytes);
        };
    }

    FrameSink out();

    /** Ends in good order. */
    @Override
    void close();

    /** Answers at once: the bare hop, with nothing behind it. */
    record Echo(FrameSink out) implements WorkerJob {

        private static final Accepted NOTHING = new Accepted(0);

        public Echo {
            out.send(new Frame.Ready());
        }

        @Override
        public void handle(Frame frame) throws MalformedFrameException {
            switch (frame) {
                case Frame.Submit submit ->
                    out.send(new Frame.Answer(submit.token(), submit.command().id(), NOTHING));
                case Frame.Beat beat -> out.send(beat);
                case Frame.Resend _ -> {
                    // Another echo has been replaced. There is nothing under way.
                }
                case Frame.Answer _,
                        Frame.Credit _,
                        Frame.Credited _,
                        Frame.Start _,
                        Frame.Ready _,
                        Frame.Served _,
                        Frame.Suspended _,
                        Frame.Progress _,
                        Frame.Failed _,
                        Frame.Rehearse _ ->
                    throw new MalformedFrameException("an echo is sent no "
                            + frame.getClass().getSimpleName() + ", allowed are Submit, Beat and Resend");
            }
        }

        @Override
        public void close() {}
    }
}
