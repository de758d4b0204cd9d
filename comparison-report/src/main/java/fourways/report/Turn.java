package fourways.report;

/**
 * A short while in which a ledger was driven from within, as fast as it went.
 *
 * @param answers how many requests were answered in it
 * @param cpuMicros what all processes of the trial used of the processors
 */
record Turn(long answers, long elapsedNanos, long cpuMicros) {

    static final Turn NONE = new Turn(0, 0, 0);

    Turn plus(Turn other) {
        return new Turn(answers + other.answers, elapsedNanos + other.elapsedNanos, cpuMicros + other.cpuMicros);
    }

    double requestsPerSecond() {
        return elapsedNanos == 0 ? 0 : answers * 1e9 / elapsedNanos;
    }

    double cpuMicrosPerRequest() {
        return (double) cpuMicros / Math.max(1, answers);
    }

    /** How the trial's JVM says it to the report's. */
    String line() {
        return answers + " " + elapsedNanos + " " + cpuMicros;
    }

    static Turn parse(String line) {
        String[] numbers = line.split(" ", -1);
        try {
            if (numbers.length == 3) {
                return new Turn(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
            }
        } catch (NumberFormatException e) {
            // Falls through to what is said about all that is not allowed.
        }
        throw new TrialFailedException("the trial's JVM answered with '" + line + "', allowed are three numbers");
    }
}
