package fourways.report;

import java.util.List;
import java.util.Objects;

/**
 * How often all of a ledger had to be killed and started again, as an operator would do, when clients were no longer observed: before that not every balance could be read, or memory
 * was not what the journals said. Not to be mixed up with a restart because the JVM died.
 *
 * @param restarted in so many trials
 * @param trials of so many that came to their end
 * @param reasons each once
 */
record OperatorRestarts(int restarted, int trials, List<String> reasons) {

    static final OperatorRestarts NONE = new OperatorRestarts(0, 0, List.of());

    OperatorRestarts {
        reasons = List.copyOf(reasons);
    }

    static OperatorRestarts of(List<FaultMeasurement> trials) {
        List<String> reasons = trials.stream()
                .map(FaultMeasurement::operatorRestart)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        return new OperatorRestarts(
                reasons.size(), trials.size(), reasons.stream().distinct().toList());
    }

    /** "Restarted by an operator in the end, in 2 of 3 trials"; empty if in none. */
    String inWords() {
        if (restarted == 0) {
            return "";
        }
        return "Restarted by an operator in the end"
                + (trials == 1 ? "" : ", in " + restarted + " of " + trials + " trials");
    }

    /** The same with the reasons. */
    String withReasons() {
        return restarted == 0 ? "" : inWords() + ": " + String.join("; ", reasons);
    }
}
