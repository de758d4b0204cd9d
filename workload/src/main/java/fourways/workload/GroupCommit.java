package fourways.workload;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Makes journals durable, many entries at once: effects wait while one thread forces one journal after the other, and each force releases all that had
 * gathered before it began. The slower the disk, the more share one force.
 *
 * <p>One monitor (this) guards the queue of journals and the effects of each journal, for moments only: forces and effects run outside it. So {@link
 * Member#close}, which does the work itself instead of waiting for the thread, may be called by whoever holds whatever lock an effect may want, and by the thread itself.
 *
 * <p>Bounds: the queue holds each open journal at most once; the effects of a journal are answers to requests that {@link Admission} let in, and messages
 * about transfers, of which {@link Outbox#limit} allows so many.
 *
 * <p>After a failed force the kernel may have dropped what it could not write, and the next force would succeed without it. So one failure is final: all
 * effects that wait and all that come later fail.
 */
final class GroupCommit implements AutoCloseable {

    private static final Logger LOG = System.getLogger(GroupCommit.class.getName());

    /** What an effect may need at most to return from its last piece of work; after that the thread, a daemon, is left to itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Writes what was appended to one journal through to the disk. */
    @FunctionalInterface
    interface Force {
        void force() throws IOException;
    }

    private final ArrayDeque<Member> due = new ArrayDeque<>();
    private final Thread thread;
    private boolean closed;
    private volatile @Nullable String failure;

    GroupCommit(String threadName) {
        thread = Thread.ofPlatform().daemon().name(threadName).start(this::run);
    }

    private void run() {
        for (Member member = next(); member != null; member = next()) {
            member.commit();
            again(member);
        }
    }

    private synchronized @Nullable Member next() {
        while (due.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                LOG.log(Level.WARNING, "nobody may interrupt the thread that forces the journals: it goes on", e);
            }
        }
        return due.poll();
    }

    private synchronized void again(Member member) {
        if (member.waiting.isEmpty()) {
            member.queued = false;
        } else {
            due.add(member);
        }
    }

    /** Ends with the first failure, for good. */
    void fail(Throwable cause) {
        LOG.log(Level.ERROR, "the disk failed; nothing that this ledger holds can be promised any more", cause);
        failure = "the disk failed, nobody knows what it holds: " + cause;
    }

    /** Ends the thread. All journals are closed already. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            if (Thread.currentThread() != thread && !thread.join(PATIENCE)) {
                LOG.log(Level.WARNING, "an effect of a journal has not returned within " + PATIENCE + ", left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The effects of one journal, in order. */
    final class Member implements AutoCloseable {
        private final Force force;

        // All guarded by the monitor of the group.
        private final ArrayDeque<Journal.Effect> waiting = new ArrayDeque<>();
        private boolean queued;
        private boolean gone;
        private long arrived;
        private long released;
        private long taken;

        Member(Force force) {
            this.force = force;
        }

        /** Has the effect run after a force that begins after this call. */
        void whenDurable(Journal.Effect effect) {
            requireHealthy();
            synchronized (GroupCommit.this) {
                if (gone) {
                    throw new IllegalStateException("this journal has been closed");
                }
                waiting.add(effect);
                arrived++;
                if (!queued) {
                    queued = true;
                    due.add(this);
                    GroupCommit.this.notifyAll();
                }
            }
        }

        void requireHealthy() {
            if (failure != null) {
                throw new IllegalStateException(failure);
            }
        }

        /** One force, and the effects that it releases. */
        private void commit() {
            long upTo;
            synchronized (GroupCommit.this) {
                upTo = arrived;
            }
            if (failure == null) {
                try {
                    force.force();
                } catch (IOException | RuntimeException | Error e) {
                    fail(e);
                }
            }
            for (Journal.Effect effect = take(upTo); effect != null; effect = take(upTo)) {
                run(effect);
            }
        }

        /** Two threads may be here, if the journal is being closed: neither may take what came after the force of both. */
        private Journal.@Nullable Effect take(long upTo) {
            synchronized (GroupCommit.this) {
                released = Math.max(released, upTo);
                if (taken == released) {
                    return null;
                }
                taken++;
                return waiting.remove();
            }
        }

        private void run(Journal.Effect effect) {
            String detail = failure;
            try {
                if (detail == null) {
                    effect.run();
                } else {
                    effect.fail(detail);
                }
            } catch (RuntimeException | Error e) {
                // It must not be the end of this thread: nobody would ever be answered again.
                LOG.log(Level.ERROR, "an effect failed after it had become durable", e);
            }
        }

        /**
         * Makes durable and runs what waits; from then on the group leaves this journal alone, but for one effect that the thread may be running right now, which
         * the others then do not wait for.
         */
        @Override
        public void close() {
            while (!leave()) {
                commit();
            }
        }

        private boolean leave() {
            synchronized (GroupCommit.this) {
                gone = waiting.isEmpty();
                if (gone) {
                    due.remove(this);
                }
                return gone;
            }
        }
    }
}
