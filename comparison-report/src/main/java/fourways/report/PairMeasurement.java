package fourways.report;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What two ledgers came to that were open at the same time, each in a JVM of its own, and were driven in turns.
 *
 * @param subject in all its turns together
 * @param yardstick likewise
 * @param overYardstick the one's requests per second over the other's: a ratio for each two turns that followed each other
 */
record PairMeasurement(Measured subject, Measured yardstick, List<Double> overYardstick) {

    PairMeasurement {
        overYardstick = List.copyOf(overYardstick);
    }

    /** Turn by turn. */
    static List<Double> ratios(List<Turn> subject, List<Turn> yardstick) {
        return IntStream.range(0, subject.size())
                .mapToObj(i ->
                        subject.get(i).requestsPerSecond() / yardstick.get(i).requestsPerSecond())
                .toList();
    }

    /** What lasted for a turn or two on the machine, and hit one of the two only, is outvoted. */
    double medianOverYardstick() {
        return Figure.of(overYardstick).median();
    }
}
