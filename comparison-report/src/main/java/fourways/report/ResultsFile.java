package fourways.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads the JSON of a run. Whoever looks into the folder at any moment sees whole files only. */
final class ResultsFile {

    static final String NAME = "results.json";

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ResultsFile() {}

    /** Writes a record, or replaces it, in one step. */
    static void write(Path file, Record content) throws IOException {
        writeAtomically(file, toJson(content));
    }

    static void writeAtomically(Path file, String content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(unfinished, content);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static String toJson(Record content) {
        return MAPPER.writeValueAsString(content) + "\n";
    }

    static Results read(Path file) throws IOException {
        return read(file, Results.class);
    }

    /** @throws tools.jackson.core.JacksonException if the file holds something else */
    static <T extends Record> T read(Path file, Class<T> type) throws IOException {
        return MAPPER.readValue(Files.readString(file), type);
    }
}
