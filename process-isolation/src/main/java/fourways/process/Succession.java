package fourways.process;

import fourways.workload.RecoveryLog;
import fourways.workload.RecoveryLog.Step;
import fourways.workload.Restarts;
import fourways.workload.Restarts.Decision;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who comes after a worker that is lost, and when. The next one may stand by while the one before is still dying; it is told what to be when that is gone, and not before.
 *
 * <p>For the thread of the seat, but for what ends it.
 */
final class Succession implements AutoCloseable {

    /** How a worker ended, and what is to be done about it; the process is 0 if there was none. */
    record Loss(String why, Decision decision, long pid) {}

    private static final System.Logger LOG = System.getLogger(Succession.class.getName());

    private final int worker;
    private final Recruits recruits;
    private final Restarts restarts;
    private final Clients clients;

    /** Down when there is to be no next one. */
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Of the worker at hand; 0 while there is none. */
    private long pid;

    /** Stands by to replace the worker at hand, which is dying. */
    private @Nullable WorkerProcess successor;

    /** What there is to say of the last loss when there is time: a logger takes some, and the shards wait. */
    private @Nullable String untold;

    Succession(int worker, Policies policies, Clients clients) {
        this.worker = worker;
        this.recruits = policies.recruits();
        this.restarts = policies.restarts().get();
        this.clients = clients;
    }

    /** The next worker, which has not been told what to be. It is the caller's to end. */
    WorkerProcess next() throws IOException {
        pid = 0;
        WorkerProcess next = successor == null ? recruits.next() : successor;
        successor = null;
        pid = next.pid();
        return next;
    }

    /** The worker at hand has tried all its shards. */
    void serves() {
        restarts.serves(System.nanoTime());
        tell();
    }

    private void tell() {
        if (untold != null) {
            LOG.log(System.Logger.Level.WARNING, untold);
            untold = null;
        }
    }

    /**
     * The worker at hand is as good as gone.
     *
     * @param recovers whether there was anything to be lost
     */
    Loss lost(String why, boolean recovers) {
        tell();
        Loss loss = new Loss(why, restarts.failed(System.nanoTime()), pid);
        if (recovers && !isStopped()) {
            // By its parts: to compare records makes method handles first, which takes longer than all else between a
            // kill and a successor.
            if (loss.decision() instanceof Decision.Restart(Duration delay) && delay.isZero()) {
                successor = recruits.standby();
            }
            RecoveryLog.worker(Step.DETECTED, loss.pid(), loss.why());
        }
        return loss;
    }

    /** To be asked when the process of the lost worker has ended: returns when it is time for the next, false if there is to be none. */
    boolean isReplaced(Loss loss) {
        if (isStopped()) {
            return false;
        }
        RecoveryLog.worker(Step.KILLED, loss.pid(), "its process has ended");
        return switch (loss.decision()) {
            case Decision.Restart(Duration delay) -> {
                untold = loss.why() + "; it is replaced";
                yield !isStoppedWithin(delay);
            }
            case Decision.GiveUp giveUp
            when giveUp.isForGood() -> {
                LOG.log(System.Logger.Level.WARNING, loss.why() + "; it is not replaced");
                yield false;
            }
            case Decision.GiveUp(Duration pause) -> {
                String tooOften =
                        loss.why() + "; that was too often, the next one is tried in " + pause.toMillis() + " ms";
                LOG.log(System.Logger.Level.WARNING, tooOften);
                clients.abandoned(worker, tooOften);
                yield !isStoppedWithin(pause);
            }
        };
    }

    /** There is to be no next one. Any thread may call it. */
    void stop() {
        stopped.countDown();
    }

    boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private boolean isStoppedWithin(Duration delay) {
        try {
            return stopped.await(delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // Nobody interrupts a seat; if somebody does, its shards are still to be served, if only too early.
            return isStopped();
        }
    }

    /** Ends who stands by in vain. */
    @Override
    public void close() {
        tell();
        if (successor != null) {
            successor.close();
        }
    }
}
