package fourways.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a trial found out, and what that is worth. */
record Finding(
        Status status,
        @Nullable String reason,
        @Nullable Measured measured,
        @Nullable PairMeasurement paired,
        @Nullable FaultMeasurement observed,
        @Nullable SoakMeasurement soaked) {

    /** The trial could not be run to its end. */
    static Finding failed(Exception e) {
        String message = e.getMessage();
        String reason = e instanceof TrialFailedException && message != null ? message : e.toString();
        return new Finding(Status.FAILED, reason, null, null, null, null);
    }

    /** There was nothing to run. */
    static Finding notApplicable(NotApplicableException e) {
        return new Finding(Status.NOT_APPLICABLE, String.valueOf(e.getMessage()), null, null, null, null);
    }

    static Finding of(Measured measured) {
        String objection = firstOf(violated(measured.violations()), measured.unserved());
        return new Finding(worth(objection), objection, measured, null, null, null);
    }

    static Finding of(PairMeasurement paired) {
        Measured subject = paired.subject();
        Measured yardstick = paired.yardstick();
        String objection = firstOf(
                violated(subject.violations()),
                violated(yardstick.violations()),
                subject.unserved(),
                yardstick.unserved());
        return new Finding(worth(objection), objection, null, paired, null, null);
    }

    static Finding of(TrialSpec.Observed spec, FaultMeasurement observed) {
        String notFired = spec.fault() == null || observed.fired() != null
                ? null
                : "did not fire: no proof was found that the fault took place";
        String objection = firstOf(violated(observed.violations()), observed.disturbance(), notFired);
        return new Finding(worth(objection), objection, null, null, observed, null);
    }

    static Finding of(SoakMeasurement soaked) {
        List<String> objections = new ArrayList<>(soaked.violations());
        objections.addAll(soaked.objections());
        String objection = violated(objections);
        return new Finding(worth(objection), objection, null, null, null, soaked);
    }

    /** Whether the checker found anything. */
    boolean isViolated() {
        return (measured != null && !measured.violations().isEmpty())
                || (paired != null
                        && !(paired.subject().violations().isEmpty()
                                && paired.yardstick().violations().isEmpty()))
                || (observed != null && !observed.violations().isEmpty())
                || (soaked != null && !soaked.violations().isEmpty());
    }

    private static Status worth(@Nullable String objection) {
        return objection == null ? Status.VALID : Status.INVALID;
    }

    private static @Nullable String violated(List<String> violations) {
        return switch (violations.size()) {
            case 0 -> null;
            case 1 -> violations.getFirst();
            default -> violations.getFirst() + "; and " + (violations.size() - 1) + " more";
        };
    }

    /** The gravest, which comes first. */
    private static @Nullable String firstOf(@Nullable String... objections) {
        for (String objection : objections) {
            if (objection != null) {
                return objection;
            }
        }
        return null;
    }
}
