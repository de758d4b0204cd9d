package fourways.report;

import fourways.report.FaultCell.Moment;
import fourways.report.FaultMeasurement.Sighting;
import fourways.workload.Ledger;
import fourways.workload.RecoveryLog;
import fourways.workload.RecoveryLog.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what is seen of a recovery from outside: the {@link RecoveryLog} of the ledger, the processes of the trial that go and come, and what its attendant does. Every time is that at which it
 * reached this process, on the observer's clock, for no clock of another process is to be trusted: a line of the log is here as soon as its reader gets a core, the end or the beginning of a process is
 * seen at the next look.
 *
 * <p>Thread-safe: whatever thread has something to tell tells it.
 */
final class RecoveryWatch implements ServedLedger.Listener, AutoCloseable {

    /** Outages are told no better than that; and looking through all processes of the machine takes some CPU time. */
    private static final Duration LOOK = Duration.ofMillis(Schedule.BUCKET_MILLIS);

    /** A crash loop says the same again and again, and the first of each counts. */
    private static final int MAX_SIGHTINGS = 200;

    private final LongSupplier nowMillis;
    private final Consumer<Moment> listener;
    private final List<Sighting> sightings = new ArrayList<>();
    private final Set<Long> known = new LinkedHashSet<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable ProcessTree tree;
    private volatile boolean begun;

    /** The first process that came after another had gone. */
    private @Nullable Sighting newcomer;

    private boolean anyGone;

    /**
     * @param nowMillis the clock of the observation; asked from {@link #begin} on
     * @param listener hears of each sighting at once, on whichever thread had it
     */
    RecoveryWatch(LongSupplier nowMillis, Consumer<Moment> listener) {
        this.nowMillis = nowMillis;
        this.listener = listener;
    }

    /** From now on what happens is a recovery, and not how the ledger comes up. */
    void begin() {
        look();
        begun = true;
        Thread.ofPlatform().daemon().name("recovery-watch").start(this::lookOn);
    }

    private void lookOn() {
        try {
            while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            // Nobody interrupts it; what it saw until then stays.
            Thread.currentThread().interrupt();
        }
    }

    /** Not synchronized: nobody who has something to tell is to wait for the kernel. */
    private void look() {
        ProcessTree now = tree;
        if (now != null) {
            compare(now, now.alive().stream().map(ProcessHandle::pid).toList());
        }
    }

    private synchronized void compare(ProcessTree seen, List<Long> alive) {
        if (seen != tree) {
            return;
        }
        long atMillis = now();
        for (long pid : List.copyOf(known)) {
            if (!alive.contains(pid)) {
                anyGone = true;
                known.remove(pid);
                add(new Sighting(ChainStep.KILLED, atMillis, false, "process " + pid + " is gone"));
            }
        }
        for (long pid : alive) {
            if (known.add(pid) && anyGone && newcomer == null) {
                newcomer = new Sighting(
                        ChainStep.REPLACEMENT_UP, atMillis, false, "process " + pid + " was started by the ledger");
            }
        }
    }

    private synchronized void add(Sighting sighting) {
        if (begun && closed.getCount() > 0 && sightings.size() < MAX_SIGHTINGS) {
            sightings.add(sighting);
            listener.accept(new Moment(sighting.what(), sighting.atMillis()));
        }
    }

    @Override
    public void said(String line) {
        Line recovery = RecoveryLog.parse(line);
        if (recovery != null) {
            String detail = recovery.detail().isEmpty() ? "" : ": " + recovery.detail();
            add(new Sighting(step(recovery.step()), now(), false, words(recovery) + detail));
        }
    }

    private long now() {
        return begun ? nowMillis.getAsLong() : 0;
    }

    private static ChainStep step(RecoveryLog.Step step) {
        return switch (step) {
            case DETECTED -> ChainStep.DETECTED;
            case FENCED, KILLED -> ChainStep.KILLED;
            case REPLACEMENT_UP -> ChainStep.REPLACEMENT_UP;
            case REPLAYED -> ChainStep.REPLAYED;
        };
    }

    private static String words(Line recovery) {
        String subject = recovery.subject().replace('=', ' ');
        return switch (recovery.step()) {
            case DETECTED -> subject + " found failed";
            case FENCED -> subject + " fenced off";
            case KILLED -> subject + " killed";
            case REPLACEMENT_UP -> subject + (subject.startsWith("worker") ? " takes over" : " has another owner");
            case REPLAYED -> subject + " recovered from its journal";
        };
    }

    @Override
    public void started(TrialJvm jvm) {
        synchronized (this) {
            tree = jvm.tree();
            known.clear();
            known.add(jvm.pid());
        }
        add(new Sighting(ChainStep.REPLACEMENT_UP, now(), true, "started again from outside"));
    }

    @Override
    public void died(int exitStatus) {
        long atMillis = now();
        add(new Sighting(ChainStep.KILLED, atMillis, false, "the trial's JVM died, exit status " + exitStatus));
        add(new Sighting(ChainStep.DETECTED, atMillis, true, "its end was noticed from outside"));
    }

    /** Whoever opens a ledger returns when all journals are replayed. */
    @Override
    public void restarted(Ledger ledger) {
        add(new Sighting(ChainStep.REPLAYED, now(), true, "open again after the restart from outside"));
    }

    /** In the order in which they came. A new process counts where nobody said what it was started for. */
    synchronized List<Sighting> sightings() {
        List<Sighting> all = new ArrayList<>(sightings);
        if (newcomer != null && all.stream().noneMatch(sighting -> sighting.step() == ChainStep.REPLACEMENT_UP)) {
            all.add(newcomer);
        }
        return all;
    }

    /** What comes later is the end of the trial, and no recovery. */
    @Override
    public void close() {
        closed.countDown();
    }
}
