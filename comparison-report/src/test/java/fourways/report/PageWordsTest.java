package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PageWordsTest {

    @Test
    void numbersHaveThreeDigitsThatMeanSomething() {
        assertEquals("0", PageWords.digits(0));
        assertEquals("0.123", PageWords.digits(0.1234));
        assertEquals("1.00", PageWords.digits(0.9996));
        assertEquals("10.0", PageWords.digits(9.996));
        assertEquals("100", PageWords.digits(99.96));
        assertEquals("1,230", PageWords.digits(1_234));
        assertEquals("1,000,000", PageWords.digits(999_999));
    }

    @Test
    void ratesChangeTheirUnitWhereRoundingDoes() {
        assertEquals("999", PageWords.rate(999.4));
        assertEquals("1.00 k", spaced(PageWords.rate(999.6)));
        assertEquals("999 k", spaced(PageWords.rate(999_400)));
        assertEquals("1.00 M", spaced(PageWords.rate(999_600)));
        assertEquals("12.3 M", spaced(PageWords.rate(12_345_678)));
    }

    @Test
    void timesChangeTheirUnitWhereRoundingDoes() {
        assertEquals("999 ms", spaced(PageWords.millis(999)));
        assertEquals("1.00 s", spaced(PageWords.millis(999.6)));
        assertEquals("10.0 s", spaced(PageWords.millis(9_996)));
        assertEquals("1 min", spaced(PageWords.millis(59_960)));
        assertEquals("5 min 12 s", spaced(PageWords.millis(312_456)));
    }

    /** Neither may one failure in a million be rounded away, nor one success. */
    @Test
    void allAndNoneAreSaidOnlyOfAllAndNone() {
        assertEquals("100 %", spaced(PageWords.shareOk(1)));
        assertEquals("99.99 %", spaced(PageWords.shareOk(0.999999)));
        assertEquals("99.15 %", spaced(PageWords.shareOk(0.9915)));
        assertEquals("0.0 %", spaced(PageWords.shareOk(0)));
        assertEquals("0 %", spaced(PageWords.shareHit(0)));
        assertEquals("1 %", spaced(PageWords.shareHit(0.000001)));
        assertEquals("24 %", spaced(PageWords.shareHit(15 / 63.0)));
        assertEquals("100 %", spaced(PageWords.shareHit(1)));
    }

    @Test
    void intervalSaysASharedUnitOnceAndDifferentOnesTwice() {
        assertEquals("1.93–2.17 M", spaced(PageWords.interval(new Figure(2e6, 1.93e6, 2.17e6, 3), PageWords::rate)));
        assertEquals("690 k–1.02 M", spaced(PageWords.interval(new Figure(8e5, 6.9e5, 1.02e6, 3), PageWords::rate)));
        assertEquals("3.1–3.5", PageWords.interval(new Figure(3.3, 3.1, 3.5, 3), x -> Double.toString(x)));
        assertEquals("1 sample, no interval", PageWords.interval(Figure.of(1), PageWords::rate));
    }

    @Test
    void figureInALineHasItsIntervalWhereThatSaysMore() {
        assertEquals("–", PageWords.inline(null, PageWords::millis));
        assertEquals("5 ms", spaced(PageWords.inline(Figure.of(5), PageWords::millis)));
        assertEquals("5 ms", spaced(PageWords.inline(new Figure(5, 4.9, 5.1, 3), PageWords::millis)));
        assertEquals("5 ms (4–6 ms)", spaced(PageWords.inline(new Figure(5, 4, 6, 3), PageWords::millis)));
    }

    @Test
    void onlyWhatIsNotValidHasAProblem() {
        assertNull(PageWords.problem(Status.VALID, null));
        assertEquals("INVALID: late", PageWords.problem(Status.INVALID, "late"));
        assertEquals("NOT RUN", PageWords.problem(Status.NOT_RUN, null));
    }

    @Test
    void wordsAreEnglish() {
        assertEquals("a", PageWords.and(List.of("a")));
        assertEquals("a, b and c", PageWords.and(List.of("a", "b", "c")));
        assertEquals("1 trial", PageWords.count(1, "trial"));
        assertEquals("1,000 trials", PageWords.count(1_000, "trial"));
        assertEquals("four ways", PageWords.inWords(4, "way"));
        assertEquals("13 ways", PageWords.inWords(13, "way"));
        assertEquals("one way", PageWords.inWords(1, "way"));
        assertEquals(
                "1st 2nd 3rd 4th 11th 12th 13th 21st 112th",
                String.join(
                        " ",
                        List.of(1, 2, 3, 4, 11, 12, 13, 21, 112).stream()
                                .map(PageWords::ordinal)
                                .toList()));
    }

    private static String spaced(String text) {
        return text.replace(PageWords.GAP, ' ');
    }
}
