package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FigureTest {

    private static final double ROUNDING = 1e-3;

    @Test
    void oneSampleHasNoInterval() {
        assertEquals(new Figure(7, 7, 7, 1), Figure.of(7));
    }

    /** Mean 12, standard deviation 2, so 12 ± 4.30265 · 2 / √3. */
    @Test
    void threeSamplesHaveStudentsInterval() {
        Figure figure = Figure.of(14, 10, 12);

        assertEquals(12, figure.median(), ROUNDING);
        assertEquals(7.0317, figure.low(), ROUNDING);
        assertEquals(16.9683, figure.high(), ROUNDING);
        assertEquals(3, figure.samples());
    }

    /** Mean 3.5, standard deviation √(5/3), so 3.5 ± 3.18245 · 1.29099 / 2; the mean of the two in the middle is the median. */
    @Test
    void evenNumberOfSamplesHasTheMedianBetweenTheMiddleTwo() {
        Figure figure = Figure.of(2, 5, 3, 4);

        assertEquals(3.5, figure.median(), ROUNDING);
        assertEquals(1.4457, figure.low(), ROUNDING);
        assertEquals(5.5543, figure.high(), ROUNDING);
    }

    @Test
    void intervalNeverGoesBelowZero() {
        assertEquals(0, Figure.of(1, 100).low());
    }

    @Test
    void equalSamplesHaveAnIntervalOfNoWidth() {
        Figure figure = Figure.of(0.1, 0.1, 0.1);

        assertEquals(0.1, figure.low(), 1e-12);
        assertEquals(0.1, figure.high(), 1e-12);
    }

    /** From the published tables of the sign test: n = 6 and 8 reach 95 % with the extremes, 9 with the second, 20 with the sixth from either end. */
    @Test
    void manySamplesHaveTheIntervalOfTheOrderStatistics() {
        assertEquals(new Figure(3.5, 1, 6, 6), upTo(6));
        assertEquals(new Figure(4.5, 1, 8, 8), upTo(8));
        assertEquals(new Figure(5, 2, 8, 9), upTo(9));
        assertEquals(new Figure(10.5, 6, 15, 20), upTo(20));
    }

    @Test
    void intervalHoldsTheMedianHoweverSkewedTheSamples() {
        Random random = new Random(1);
        for (int trial = 0; trial < 1_000; trial++) {
            int n = 2 + trial % 8;
            double[] samples = IntStream.range(0, n)
                    .mapToDouble(i -> Math.exp(5 * random.nextGaussian()))
                    .toArray();

            Figure figure = Figure.of(samples);

            Arrays.sort(samples);
            assertTrue(figure.low() <= figure.median() && figure.median() <= figure.high());
            assertTrue(samples[0] <= figure.median() && figure.median() <= samples[n - 1]);
        }
    }

    @Test
    void noSamplesMakeNoFigure() {
        assertThrows(IllegalArgumentException.class, Figure::of);
        assertThrows(IllegalArgumentException.class, () -> Figure.of(Double.NaN));
    }

    private static Figure upTo(int n) {
        return Figure.of(IntStream.rangeClosed(1, n).asDoubleStream().toArray());
    }
}
