package fourways.workload;

import fourways.workload.Outcome.Accepted;
import fourways.workload.Outcome.Refused;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;

/** What one shard's clients experience, and what that comes to. Times are the caller's, so this can be tested without waiting. Thread-safe. */
final class ShardClient {

    /** An answer that takes longer is as bad as one that is not ok. Far longer than any takes that is not held up, also on a busy machine. */
    static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** How long all must be well again before that counts. */
    static final long WELL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** How long nothing but refusals must come before that counts: longer than a shard takes to be started again. */
    static final long REFUSED_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** Beyond, what came before says nothing of the present. */
    static final long RECENTLY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** So many answers in a row, or it does not count either. */
    static final int RUN = 20;

    private enum Answer {
        NONE,
        OK,
        REFUSED,
        OTHER
    }

    /** When each request was sent that has not been answered, the oldest first. */
    private final SequencedMap<Long, Long> outstanding = new LinkedHashMap<>();

    /** The last answers are all like this one, so many, and since then. */
    private Answer last = Answer.NONE;

    private int run;
    private long runSinceNanos;
    private long lastNanos;

    private int bad;
    private String firstBad = "nothing";

    /** Forgets what was bad: a fault is about to be inflicted. */
    synchronized void begin() {
        bad = 0;
        firstBad = "nothing";
    }

    synchronized void sent(long id, long nowNanos) {
        outstanding.put(id, nowNanos);
    }

    synchronized int outstanding() {
        return outstanding.size();
    }

    synchronized void answered(long id, Outcome outcome, long nowNanos) {
        Long sentNanos = outstanding.remove(id);
        if (sentNanos == null) {
            throw new AssertionError(id + " was not sent, or answered already");
        }
        boolean late = nowNanos - sentNanos >= SOON_NANOS;
        Answer answer = late ? Answer.OTHER : kind(outcome);
        if (answer != Answer.OK && bad++ == 0) {
            firstBad = late ? "late by " + TimeUnit.NANOSECONDS.toMillis(nowNanos - sentNanos) + " ms" : outcome + "";
        }
        if (answer != last) {
            last = answer;
            run = 0;
            runSinceNanos = nowNanos;
        }
        run++;
        lastNanos = nowNanos;
    }

    private static Answer kind(Outcome outcome) {
        return switch (outcome) {
            case Accepted _ -> Answer.OK;
            case Refused _ -> Answer.REFUSED;
            case Outcome.Indeterminate _, Outcome.Located _ -> Answer.OTHER;
        };
    }

    synchronized boolean wasRefused() {
        return firstBad.startsWith("Refused");
    }

    /** What it comes to at this moment. */
    synchronized Fate fate(long nowNanos) {
        boolean overdue =
                !outstanding.isEmpty() && nowNanos - outstanding.firstEntry().getValue() >= SOON_NANOS;
        long sinceLast = nowNanos - lastNanos;
        if (overdue && sinceLast >= SOON_NANOS) {
            return Fate.SILENT;
        }
        if (run < RUN || sinceLast > RECENTLY_NANOS) {
            return Fate.UNSETTLED;
        }
        long since = nowNanos - runSinceNanos;
        return switch (last) {
            case OK -> since < WELL_NANOS ? Fate.UNSETTLED : bad == 0 && !overdue ? Fate.UNHARMED : Fate.INTERRUPTED;
            case REFUSED -> since < REFUSED_NANOS ? Fate.UNSETTLED : Fate.REFUSED;
            case OTHER, NONE -> Fate.UNSETTLED;
        };
    }

    @Override
    public synchronized String toString() {
        return bad + " answers not ok, the first " + firstBad + "; " + outstanding.size() + " outstanding; the last "
                + run + " were " + last;
    }
}
