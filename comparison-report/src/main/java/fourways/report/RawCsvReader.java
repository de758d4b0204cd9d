package fourways.report;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table of the raw data row by row, from a file that may be anything: every mistake in it is a {@link UsageException} that names the file, the line, and what is
 * allowed there. Memory is bounded: by the row, and the number of rows by the caller.
 */
final class RawCsvReader implements AutoCloseable {

    /** A value that is no value may be long. */
    private static final int MAX_SHOWN = 40;

    private final Path file;
    private final List<String> columns;
    private final long maxRows;
    private final CsvReader<CsvRecord> csv;
    private final CloseableIterator<CsvRecord> records;
    private @Nullable CsvRecord current;
    private long rows;

    private RawCsvReader(Path file, List<String> columns, long maxRows, CsvReader<CsvRecord> csv) {
        this.file = file;
        this.columns = columns;
        this.maxRows = maxRows;
        this.csv = csv;
        this.records = csv.iterator();
        if (!advance() || !row().getFields().equals(columns)) {
            throw new UsageException(file + ", line 1: the columns are not those of this file, allowed are "
                    + String.join(",", columns));
        }
    }

    /**
     * Opens a file and reads its header.
     *
     * @param columns which must be there, in this order, and no others
     * @param maxRows more than that are nonsense
     */
    static RawCsvReader open(Path file, List<String> columns, long maxRows) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new UsageException(file + " is missing, allowed is a file as docs/raw-data.md describes it");
        }
        CsvReader<CsvRecord> csv;
        try {
            csv = CsvReader.builder()
                    .skipEmptyLines(false)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .ofCsvRecord(new InputStreamReader(
                            new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unreadable(file, 1, e);
        }
        try {
            return new RawCsvReader(file, columns, maxRows, csv);
        } catch (RuntimeException e) {
            csv.close();
            throw e;
        }
    }

    /** Goes on to the next row; false if there is none. */
    boolean next() {
        if (!advance()) {
            return false;
        }
        if (++rows > maxRows) {
            throw new UsageException(file + ", line " + line() + ": allowed are " + maxRows + " rows");
        }
        if (row().getFieldCount() != columns.size()) {
            throw new UsageException(file + ", line " + line() + ": " + row().getFieldCount()
                    + " fields, allowed are the " + columns.size() + " of the header");
        }
        return true;
    }

    private boolean advance() {
        try {
            if (!records.hasNext()) {
                return false;
            }
            current = records.next();
            return true;
        } catch (CsvParseException | UncheckedIOException e) {
            throw unreadable(file, line() + 1, e);
        }
    }

    private static UsageException unreadable(Path file, long line, Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new UsageException(file + ", line " + line + ": cannot be read (" + cause
                + "), allowed is a whole gzip file of comma-separated values");
    }

    private long line() {
        return current == null ? 0 : current.getStartingLineNumber();
    }

    private CsvRecord row() {
        return Objects.requireNonNull(current, "no row has been read");
    }

    /** How many rows there have been. */
    long rows() {
        return rows;
    }

    boolean isEmpty(String column) {
        return text(column).isEmpty();
    }

    String text(String column) {
        return row().getField(columns.indexOf(column));
    }

    /** A whole number of this row. */
    long number(String column, long low, long high) {
        try {
            long number = Long.parseLong(text(column));
            if (number >= low && number <= high) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Answered as one that is out of range.
        }
        throw mistake(column, low + " to " + high);
    }

    /** What a value of this row should have been. */
    UsageException mistake(String column, String allowed) {
        String text = text(column);
        String shown = text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
        return new UsageException(
                file + ", line " + line() + ": " + column + " is '" + shown.strip() + "', allowed are " + allowed);
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
