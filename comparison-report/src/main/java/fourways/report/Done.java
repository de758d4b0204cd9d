package fourways.report;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A trial that was made: what was asked, and what came of it. */
record Done(TrialSpec spec, TrialRecord record) {

    Status status() {
        return record.trial().status();
    }

    static Status worst(Collection<Done> trials) {
        return Status.worst(trials.stream().map(Done::status).toList());
    }

    /** Why not all of them are VALID, each reason once; null if they are. */
    static @Nullable String reasons(Collection<Done> trials) {
        String reasons = trials.stream()
                .map(trial -> trial.record().trial().reason())
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining("; "));
        return reasons.isEmpty() ? null : reasons;
    }

    /** What the VALID ones of these trials measured. */
    static List<Measured> measured(Collection<Done> trials) {
        return valid(trials, TrialRecord::measured);
    }

    /** What the VALID ones of these trials came to in turns. */
    static List<PairMeasurement> paired(Collection<Done> trials) {
        return valid(trials, TrialRecord::paired);
    }

    /** What was observed in the VALID ones of these trials. */
    static List<FaultMeasurement> observed(Collection<Done> trials) {
        return valid(trials, TrialRecord::observed);
    }

    private static <T> List<T> valid(Collection<Done> trials, Function<TrialRecord, @Nullable T> part) {
        return trials.stream()
                .filter(trial -> trial.status() == Status.VALID)
                .map(trial -> part.apply(trial.record()))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    /** Null if there is no sample. */
    static <T> @Nullable Figure figure(Collection<T> samples, ToDoubleFunction<T> quantity) {
        return samples.isEmpty()
                ? null
                : Figure.of(samples.stream().mapToDouble(quantity).toArray());
    }
}
