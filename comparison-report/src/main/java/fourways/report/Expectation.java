package fourways.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is predicted of one fault on one architecture.
 *
 * @param variants those it is said of; null if it is said of all
 * @param blast null if the prediction says nothing about it
 * @param recovery null if the prediction says nothing about it
 * @param prediction a sentence or two
 * @param source who says so: a key of {@link Expectations#sources()}
 */
record Expectation(
        String architecture,
        @Nullable List<String> variants,
        @Nullable Blast blast,
        @Nullable Recovery recovery,
        String prediction,
        String source) {

    boolean isOf(String anArchitecture, String variant) {
        return architecture.equals(anArchitecture) && (variants == null || variants.contains(variant));
    }

    /** Both words as far as there are any, in a phrase; empty if there is none. */
    static String inWords(@Nullable Blast blast, @Nullable Recovery recovery) {
        if (blast == null || recovery == null) {
            return (blast == null ? "" : blast.words()) + (recovery == null ? "" : recovery.words());
        }
        return blast.words() + ", " + recovery.words();
    }
}
