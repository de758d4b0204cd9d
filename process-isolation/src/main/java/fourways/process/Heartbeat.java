package fourways.process;

import java.util.function.LongSupplier;

/** Finds out whether workers that serve really do. What ends by itself is noticed without it. */
interface Heartbeat extends AutoCloseable {

    /** A worker that serves. Called by the thread of the heartbeat; never blocks. */
    interface Patient {

        /** The worker is to send this back when its turn comes. */
        void send(Frame.Beat beat);

        /** The worker hangs, for this reason, and is to be killed. */
        void hangs(String why);

        /** Begins to measure for how many nanoseconds, all its threads together, the worker is kept from running by others that have the cores. */
        LongSupplier coreWait();
    }

    /** The observation of one worker. */
    interface Line extends AutoCloseable {

        /** The worker has sent this back. Any thread may call it. */
        void heard(Frame.Beat beat);

        /** The worker is at work, though not yet at the beat. Any thread may call it. */
        void progressed();

        /** Ends the observation. */
        @Override
        void close();
    }

    /** Begins to observe a worker. */
    Line observe(Patient worker);

    @Override
    void close();

    /** Nobody listens: a process that exists passes for one that works. */
    static Heartbeat none() {
        return new Heartbeat() {
            private static final Line NOBODY = new Line() {
                @Override
                public void heard(Frame.Beat beat) {}

                @Override
                public void progressed() {}

                @Override
                public void close() {}
            };

            @Override
            public Line observe(Patient worker) {
                return NOBODY;
            }

            @Override
            public void close() {}
        };
    }
}
