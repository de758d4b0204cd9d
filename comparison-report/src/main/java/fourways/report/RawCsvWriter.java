package fourways.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes a table of the raw data row by row: comma-separated values in UTF-8, compressed, the names of the columns first. */
final class RawCsvWriter implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final CsvWriter csv;
    private final int columns;

    private RawCsvWriter(CsvWriter csv, int columns) {
        this.csv = csv;
        this.columns = columns;
    }

    /** Makes the file, which must be new. */
    static RawCsvWriter create(Path file, List<String> columns) throws IOException {
        OutputStream compressed =
                new GZIPOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), BUFFER_BYTES);
        Writer text = new BufferedWriter(new OutputStreamWriter(compressed, StandardCharsets.UTF_8), BUFFER_BYTES);
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
        csv.writeRecord(columns);
        return new RawCsvWriter(csv, columns.size());
    }

    /** @param fields one a column, by its {@code toString}; null leaves it empty */
    void write(@Nullable Object... fields) {
        if (fields.length != columns) {
            throw new IllegalArgumentException(fields.length + " fields, there are " + columns + " columns");
        }
        List<String> texts = new ArrayList<>(columns);
        for (Object field : fields) {
            texts.add(field == null ? "" : field.toString());
        }
        csv.writeRecord(texts);
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
