package fourways.report;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is added to a trial's log from some moment on. The log is bounded, and so is this. */
record LogTail(Path log, long fromByte) {

    static LogTail from(Path log) throws IOException {
        return new LogTail(log, Files.exists(log) ? Files.size(log) : 0);
    }

    /** The lines that are there by now, without one that is still being written. */
    List<String> lines() throws IOException {
        if (!Files.exists(log)) {
            return List.of();
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] bytes = new byte[Math.toIntExact(Math.max(0, file.length() - fromByte))];
            file.seek(fromByte);
            file.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        }
    }

    /** The lines in which a fault says that it struck a shard. */
    List<String> fired(String fault, int shard) throws IOException {
        return lines().stream()
                .filter(line ->
                        line.startsWith("FIRED " + fault + " ") && (line + " ").contains(" shard=" + shard + " "))
                .toList();
    }
}
