package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineSplitterTest {

    private final List<String> heard = new ArrayList<>();
    private final LineSplitter lines = new LineSplitter(heard::add);

    @Test
    void linesAreCutWhereverTheBytesAreCut() {
        add("one\ntw");
        add("o");
        add("\n\nthr");

        assertEquals(List.of("one", "two", ""), heard);
    }

    @Test
    void onlyTheFirstSoManyBytesAreOfInterest() {
        add("12345\nrest\n", 8);

        assertEquals(List.of("12345"), heard);
    }

    @Test
    void characterOfSeveralBytesMayComeInParts() {
        byte[] bytes = "ä\n".getBytes(StandardCharsets.UTF_8);

        lines.add(new byte[] {bytes[0]}, 1);
        lines.add(new byte[] {bytes[1], bytes[2]}, 2);

        assertEquals(List.of("ä"), heard);
    }

    @Test
    void endlessLineIsCutAndTheNextOneIsHeard() {
        add("x".repeat(100_000));
        add("\nnext\n");

        assertEquals(List.of("x".repeat(4_096), "next"), heard);
    }

    private void add(String text) {
        add(text, text.length());
    }

    private void add(String text, int length) {
        lines.add(text.getBytes(StandardCharsets.US_ASCII), length);
    }
}
