package fourways.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A ledger's journals in one file: {@code journals.zip}, with the names that they have in the ledger's directory. */
final class RawJournals {

    static final String NAME = "journals.zip";

    /** Nothing else of a ledger's directory says anything once nobody runs it: there are locks, and files that were never finished. */
    private static final Pattern WANTED = Pattern.compile("ledger\\.properties|shard-\\d{4}/\\d{10}\\.log");

    private static final String ALLOWED = "ledger.properties and shard-0000/0000000001.log and so on";

    /** Some hundred times what a trial leaves. */
    private static final long MAX_BYTES = 1L << 30;

    private static final int MAX_FILES = 10_000;
    private static final int BUFFER_BYTES = 1 << 16;

    private RawJournals() {}

    /** Packs the journals of a ledger that nobody runs. They are mostly zeros, so little is left of them. */
    static void pack(Path ledger, Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(ledger)) {
            files = found.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                            && WANTED.matcher(nameOf(ledger, file)).matches())
                    .sorted()
                    .toList();
        }
        try (OutputStream file = Files.newOutputStream(folder.resolve(NAME), StandardOpenOption.CREATE_NEW);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            // Entries compress no better with more effort: what is there to gain are the zeros.
            zip.setLevel(Deflater.BEST_SPEED);
            for (Path journal : files) {
                zip.putNextEntry(new ZipEntry(nameOf(ledger, journal)));
                Files.copy(journal, zip);
                zip.closeEntry();
            }
        }
    }

    private static String nameOf(Path ledger, Path file) {
        return ledger.relativize(file).toString();
    }

    /**
     * Unpacks journals into a directory, whoever packed them.
     *
     * @throws UsageException if there is anything in the file but journals, or too much
     */
    static void unpack(Path folder, Path directory) throws IOException {
        unpack(folder, directory, MAX_BYTES);
    }

    /** @param maxBytes how much there may be, unpacked */
    static void unpack(Path folder, Path directory, long maxBytes) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new UsageException(file + " is missing, allowed is a file as docs/raw-data.md describes it");
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            long bytes = 0;
            int files = 0;
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (!WANTED.matcher(entry.getName()).matches()) {
                    throw new UsageException(
                            file + " has an entry named '" + entry.getName() + "', allowed are " + ALLOWED);
                }
                if (++files > MAX_FILES) {
                    throw new UsageException(file + " has " + zip.size() + " entries, allowed are " + MAX_FILES);
                }
                Path target = directory.resolve(entry.getName());
                Files.createDirectories(target.resolve(".."));
                bytes += copy(zip, entry, target, maxBytes - bytes);
                if (bytes > maxBytes) {
                    throw new UsageException(file + " has more than " + maxBytes + " bytes in it, up to and with "
                            + entry.getName() + ", allowed are " + maxBytes);
                }
            }
        } catch (ZipException e) {
            throw new UsageException(file + " cannot be read (" + e.getMessage() + "), allowed is a whole zip file");
        }
    }

    /** What an entry says of its own size is not believed: stops when it has copied more than the limit. Returns how much it has. */
    private static long copy(ZipFile zip, ZipEntry entry, Path target, long limit) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
            for (int read = in.read(buffer); read >= 0 && bytes <= limit; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                bytes += read;
            }
        }
        return bytes;
    }
}
