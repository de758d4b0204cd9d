package fourways.report;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts a stream of bytes into lines, as they come. Of a line that is longer than anything of ours the rest is dropped. Not thread-safe. */
final class LineSplitter {

    private static final int MAX_BYTES = 4_096;

    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineSplitter(Consumer<String> lines) {
        this.lines = lines;
    }

    void add(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                lines.accept(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else if (line.size() < MAX_BYTES) {
                line.write(bytes[i]);
            }
        }
    }
}
