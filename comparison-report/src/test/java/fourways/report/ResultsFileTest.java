package fourways.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResultsFileTest {

    @TempDir
    Path directory;

    @Test
    void resultsSurviveTheJourneyThroughTheFile() throws IOException {
        Path file = directory.resolve(ResultsFile.NAME);

        ResultsFile.write(file, SampleResults.sample());

        assertEquals(SampleResults.sample(), ResultsFile.read(file));
    }

    @Test
    void nothingButTheFileIsLeftAfterItWasReplaced() throws IOException {
        Path file = directory.resolve(ResultsFile.NAME);
        Files.writeString(file, "something older");

        ResultsFile.write(file, SampleResults.sample());

        try (var files = Files.list(directory)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void timesAreReadableAndNamesAreTheRecords() throws IOException {
        String json = ResultsFile.toJson(SampleResults.sample());

        assertTrue(json.contains("\"startedAt\" : \"2025-01-02T03:04:05Z\""), json);
        assertTrue(json.contains("\"requestsPerSecond\" : {"), json);
        assertTrue(json.contains("\"medianOutageMillis\" : {"), json);
    }
}
