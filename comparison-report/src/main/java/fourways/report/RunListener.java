package fourways.report;

import fourways.report.FaultCell.Moment;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hears how a run goes on, on the run's own thread but for {@link #moments}. */
interface RunListener {

    /** Before anything is run; these trials were made by an earlier attempt. */
    default void beginning(List<Done> kept) {}

    void starting(int number, TrialSpec spec);

    /** A line about the trial that is running. */
    void news(String line);

    void finished(Done done);

    /**
     * Who is told at once what happens in a trial that is observed, on whichever thread sees it; null if nobody is to be told, which spares the trial looking for more than it
     * needs itself.
     */
    default @Nullable Consumer<Moment> moments(TrialSpec spec) {
        return null;
    }

    /** There is nothing more to hear. */
    default void end() {}
}
