package fourways.actors;

import java.util.concurrent.LinkedBlockingQueue;

/**
 * The queue of a thread pool whose threads look a few times more before they go to sleep. As long as messages come faster than a thread falls asleep and wakes up, nobody has to be woken: that costs
 * whoever sends a message more than handling one. The framework's fork-join pool does the same.
 *
 * <p>Each look gives the core away first, so on a busy machine nobody waits for it; and a pool without work sleeps.
 */
final class PatientQueue extends LinkedBlockingQueue<Runnable> {

    /** Together about as long as waking a thread takes. */
    private static final int LOOKS = 64;

    PatientQueue(int capacity) {
        super(capacity);
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // Whoever gets the core, the queue stays right.
    public Runnable take() throws InterruptedException {
        for (int look = 0; look < LOOKS; look++) {
            Runnable next = poll();
            if (next != null) {
                return next;
            }
            Thread.yield();
        }
        return super.take();
    }
}
