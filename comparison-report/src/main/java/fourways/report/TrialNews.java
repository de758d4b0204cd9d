package fourways.report;

import fourways.report.FaultCell.Moment;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What happens in a trial, in words: some of it is kept for the report, all of it is told at once to whoever follows the trial. Thread-safe. */
final class TrialNews {

    /** What the moment at which a fault goes in ends with, behind the fault's name. */
    static final String INJECTED = " injected";

    private final LongSupplier nowMillis;
    private final @Nullable Consumer<Moment> listener;

    /** A handful. */
    private final List<Moment> moments;

    /**
     * @param nowMillis the trial's clock
     * @param notes to begin with
     * @param listener hears at once, on whichever thread sees it; null if nobody follows
     */
    TrialNews(LongSupplier nowMillis, List<Moment> notes, @Nullable Consumer<Moment> listener) {
        this.nowMillis = nowMillis;
        this.moments = new CopyOnWriteArrayList<>(notes);
        this.listener = listener;
    }

    boolean isFollowed() {
        return listener != null;
    }

    /** Keeps it, and tells it; returns the time on the trial's clock. */
    long note(String what) {
        Moment moment = new Moment(what, nowMillis.getAsLong());
        moments.add(moment);
        tell(moment);
        return moment.atMillis();
    }

    long noteInjected(@Nullable String fault) {
        return note(fault + INJECTED);
    }

    /** Tells it to those who follow, and does not keep it. */
    void tell(Moment moment) {
        if (listener != null) {
            listener.accept(moment);
        }
    }

    void tellOfSteadyState(int victimShard, Reach.Servers victim, Reach.Servers neighbours) {
        String processes = neighbours.processes().size() == 1
                ? "process " + inWords(neighbours.processes())
                : neighbours.processes().size() + " processes";
        tell(new Moment(
                "steady: shard %d, the victim, is served by thread %s of process %s, its neighbours by %s of %s"
                        .formatted(
                                victimShard,
                                inWords(victim.threads()),
                                inWords(victim.processes()),
                                PageWords.count(neighbours.threads().size(), "thread"),
                                processes),
                nowMillis.getAsLong()));
    }

    void tellOfProof(@Nullable String proof) {
        tell(new Moment(proof == null ? "no proof was found that it fired" : "fired: " + proof, nowMillis.getAsLong()));
    }

    private static String inWords(List<Long> ids) {
        return ids.isEmpty()
                ? "(nobody said)"
                : PageWords.and(ids.stream().map(id -> Long.toString(id)).toList());
    }

    /** What was kept, in the order in which it happened. */
    List<Moment> moments() {
        return List.copyOf(moments);
    }
}
