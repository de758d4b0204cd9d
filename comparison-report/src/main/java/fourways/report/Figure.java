package fourways.report;

import java.util.Arrays;
import java.util.Collection;

/**
 * A quantity measured several times: its median, and the interval from {@code low} to {@code high} that holds the true value with 95 % confidence.
 *
 * <p>From six samples on the interval is that of the order statistics of the median, which assumes nothing about the distribution. With fewer samples not even
 * the range from the smallest to the largest reaches 95 %, so Student's t-interval of the mean is taken, which assumes a normal distribution, and is wide for good
 * reason. (It always holds the median, too: that is never further than one standard deviation from the mean, and up to six samples the half-width is more.)
 * Everything measured here is non-negative, so {@code low} is never below 0. A single sample has no interval: all three are the same, and {@code samples} says so.
 *
 * @param samples how many measurements there are, at least 1
 */
record Figure(double median, double low, double high, int samples) {

    /** The method in one sentence, for people who read the results. */
    static final String METHOD =
            "Median of the samples, with a 95 % interval: Student's t for 2 to 5 samples, order statistics of the median for 6 and more; none for a single sample.";

    /** By samples: the 97.5 % quantile of Student's t-distribution with one degree of freedom less. */
    private static final double[] STUDENT_T = {Double.NaN, Double.NaN, 12.7062, 4.30265, 3.18245, 2.77645};

    private static final double TAIL = 0.025;

    Figure {
        if (samples < 1 || !(low <= median) || !(median <= high)) {
            throw new IllegalArgumentException(
                    "not a figure: median " + median + ", low " + low + ", high " + high + ", samples " + samples);
        }
    }

    static Figure of(double... measured) {
        if (measured.length == 0) {
            throw new IllegalArgumentException("a figure needs at least one sample");
        }
        double[] sorted = measured.clone();
        Arrays.sort(sorted);
        double median = median(sorted);
        if (sorted.length == 1) {
            return new Figure(median, median, median, 1);
        }
        return sorted.length < STUDENT_T.length ? student(sorted, median) : orderStatistics(sorted, median);
    }

    static Figure of(Collection<? extends Number> measured) {
        return of(measured.stream().mapToDouble(Number::doubleValue).toArray());
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static Figure student(double[] sorted, double median) {
        int n = sorted.length;
        double mean = Arrays.stream(sorted).average().orElseThrow();
        double squares = Arrays.stream(sorted).map(x -> (x - mean) * (x - mean)).sum();
        double halfWidth = STUDENT_T[n] * Math.sqrt(squares / (n - 1) / n);
        // The two comparisons with the median are for rounding errors where all samples are the same.
        return new Figure(
                median, Math.min(median, Math.max(0, mean - halfWidth)), Math.max(median, mean + halfWidth), n);
    }

    /** The k-th sample from either end, with the largest k for which fewer than k of n fair coins show heads with a probability of at most 2.5 %. */
    private static Figure orderStatistics(double[] sorted, double median) {
        int n = sorted.length;
        double probability = Math.pow(0.5, n);
        double cumulated = probability;
        int k = 1;
        while (true) {
            probability = probability * (n - k + 1) / k;
            if (cumulated + probability > TAIL) {
                return new Figure(median, sorted[k - 1], sorted[n - k], n);
            }
            cumulated += probability;
            k++;
        }
    }
}
