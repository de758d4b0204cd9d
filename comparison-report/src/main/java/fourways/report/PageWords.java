package fourways.report;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** Figures in words: three digits that mean something, and the unit. Shared by the page, the summary and the terminal. */
final class PageWords {

    /** Between a number and its unit: no line ends there. */
    static final char GAP = '\u00a0';

    static final String NO_FIGURE = "–";

    private static final List<String> SMALL = List.of(
            "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve");

    private static final double KILO = 1e3;
    private static final double MEGA = 1e6;

    private PageWords() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** "1 trial", "2 trials". */
    static String count(long number, String singular) {
        return count(number) + " " + singular + (number == 1 ? "" : "s");
    }

    /** "four architectures": in a word as far as people do that. */
    static String inWords(int number, String singular) {
        return (number >= 0 && number < SMALL.size() ? SMALL.get(number) : count(number)) + " " + singular
                + (number == 1 ? "" : "s");
    }

    /** A ratio near one. */
    static String ratio(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    /** A number of shards; the median of an even number of trials may be half a one. */
    static String shards(double number) {
        return number == Math.rint(number)
                ? String.format(Locale.ROOT, "%,.0f", number)
                : String.format(Locale.ROOT, "%,.1f", number);
    }

    /** Three significant digits: 0.123, 1.23, 12.3, 123, 1,230. */
    static String digits(double number) {
        if (number == 0) {
            return "0";
        }
        double size = Math.abs(number);
        if (size >= 99.95) {
            double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(size)) - 2));
            return String.format(Locale.ROOT, "%,.0f", Math.rint(number / unit) * unit);
        }
        return String.format(Locale.ROOT, size >= 9.995 ? "%.1f" : size >= 0.9995 ? "%.2f" : "%.3f", number);
    }

    /** Requests per second, in thousands or millions. */
    static String rate(double perSecond) {
        if (perSecond >= 0.9995 * MEGA) {
            return digits(perSecond / MEGA) + GAP + "M";
        }
        return perSecond >= 0.9995 * KILO ? digits(perSecond / KILO) + GAP + "k" : digits(perSecond);
    }

    static String millis(long millis) {
        return millis((double) millis);
    }

    static String millis(double millis) {
        if (millis < 999.5) {
            return String.format(Locale.ROOT, "%.0f\u00a0ms", millis);
        }
        double seconds = millis / 1_000;
        if (seconds < 59.95) {
            return String.format(Locale.ROOT, seconds < 9.995 ? "%.2f\u00a0s" : "%.1f\u00a0s", seconds);
        }
        long whole = Math.round(seconds);
        return whole / 60 + "\u00a0min" + (whole % 60 == 0 ? "" : " " + whole % 60 + "\u00a0s");
    }

    /** A share of what went well, rounded down: "100 %" is said only of all, never of nearly all. */
    static String shareOk(double share) {
        double percent = share * 100;
        if (share >= 1) {
            return "100\u00a0%";
        }
        int decimals = percent >= 99 ? 2 : 1;
        double unit = Math.pow(10, decimals);
        return String.format(Locale.ROOT, "%." + decimals + "f\u00a0%%", Math.floor(percent * unit + 1e-9) / unit);
    }

    /** A share of what went badly, rounded up: "0 %" is said only of none. */
    static String shareHit(double share) {
        return String.format(Locale.ROOT, "%.0f\u00a0%%", Math.ceil(Math.max(0, share * 100 - 1e-9)));
    }

    /** "1.93–2.17 M", or why there is none. */
    static String interval(Figure figure, DoubleFunction<String> words) {
        if (figure.samples() == 1) {
            return "1 sample, no interval";
        }
        return range(words.apply(figure.low()), words.apply(figure.high()));
    }

    /** Both ends; a unit that they share is said once. */
    private static String range(String low, String high) {
        int unit = low.indexOf(GAP);
        String suffix = unit < 0 ? "" : low.substring(unit);
        return (suffix.isEmpty() || !high.endsWith(suffix) ? low : low.substring(0, unit)) + "–" + high;
    }

    static PageView.Rounded rounded(@Nullable Figure figure, DoubleFunction<String> words) {
        return figure == null
                ? new PageView.Rounded(NO_FIGURE, "")
                : new PageView.Rounded(
                        words.apply(figure.median()), figure.samples() == 1 ? "no interval" : interval(figure, words));
    }

    /** The median, with the interval behind it if there is one that says more. */
    static String inline(@Nullable Figure figure, DoubleFunction<String> words) {
        if (figure == null) {
            return NO_FIGURE;
        }
        String median = words.apply(figure.median());
        boolean exact = words.apply(figure.low()).equals(words.apply(figure.high()));
        return exact ? median : median + " (" + interval(figure, words) + ")";
    }

    /** Why something does not count; null if it does. */
    static @Nullable String problem(Status status, @Nullable String reason) {
        String words = switch (status) {
            case VALID -> null;
            case NOT_APPLICABLE -> "not applicable";
            case INVALID -> "INVALID";
            case FAILED -> "FAILED";
            case NOT_RUN -> "NOT RUN";
        };
        return words == null ? null : reason == null ? words : words + ": " + reason;
    }

    /** "a", "a and b", "a, b and c". */
    static String and(List<String> items) {
        int last = items.size() - 1;
        return last < 1
                ? String.join("", items)
                : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
    }

    /** "1st", "2nd", "3rd", "11th". */
    static String ordinal(int number) {
        int tens = number % 100;
        String ending = switch (tens >= 11 && tens <= 13 ? 0 : number % 10) {
            case 1 -> "st";
            case 2 -> "nd";
            case 3 -> "rd";
            default -> "th";
        };
        return number + ending;
    }
}
